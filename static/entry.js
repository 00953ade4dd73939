// The submission form: counts, saves and attaches by itself.
