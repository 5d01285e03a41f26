// Plugins are driven in real time here: tests that share the cores would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
