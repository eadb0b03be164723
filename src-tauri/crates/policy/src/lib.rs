//! Convoke: policy.
