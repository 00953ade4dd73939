//! The blind side: papers, assignment, mark sheets, the discrepancy ladder.
