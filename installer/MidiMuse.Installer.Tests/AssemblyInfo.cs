// Packages are made once and installed one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
