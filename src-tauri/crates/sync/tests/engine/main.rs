//! The engine against a scripted server, a fake clock and a real cache.

mod answers;
mod calendars;
mod contacts;
mod faults;
mod rounds;
mod script;
mod throttling;
mod tokens;
mod world;
