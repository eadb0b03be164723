//! Nothing: the journeys are the test target beside this file.
