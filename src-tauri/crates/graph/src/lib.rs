//! Convoke: graph.
