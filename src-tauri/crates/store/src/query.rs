//! What the cache answers.

mod agenda;
mod contacts;
mod find_meetings;
mod letters;
mod meeting;
mod overview;
mod people;
mod row;
