// Each test keeps a whole host busy; Ardour runs in real time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
