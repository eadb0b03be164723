//! The store from outside: files and damage, rounds of events and contacts, lists and search.

#[cfg(test)]
mod agenda;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod contacts;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod events;
#[cfg(test)]
mod files;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod search;
#[cfg(test)]
mod sequence;
#[cfg(test)]
mod sharing;
