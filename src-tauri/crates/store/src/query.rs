//! What the cache answers.

mod agenda;
mod contacts;
mod meeting;
mod overview;
mod people;
mod row;
