//! Letters: enqueued in the transaction of the decision they tell of, sent by the worker.
