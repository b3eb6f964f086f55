// Tests write plain TorchSharp, whose scalars may be finalized while a native call still reads them if another thread causes a collection
// (docs/memory-safety.md); tests side by side would do that to each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
