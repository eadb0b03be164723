//! The same engine against a scripted Exchange server.

mod addresses;
mod answers;
mod busy;
mod calendar;
mod contacts;
mod credentials;
mod directory;
mod exchange;
mod faults;
mod hostile;
mod office;
mod routes;
mod versions;
