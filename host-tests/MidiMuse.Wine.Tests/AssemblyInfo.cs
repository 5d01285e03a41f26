// One Wine prefix, one wineserver: runs one after another give the same load, and the same result, every time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
