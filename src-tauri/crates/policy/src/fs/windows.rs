//! Windows: the owner and the access control list, as SDDL.
