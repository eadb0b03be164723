//! Convoke: app.
