// TorchSharp's scalars may be finalized while a native call still reads them if another thread causes a collection
// (src/HGQ.Runtime/buildTransitive/HGQ.Runtime.targets); tests side by side would do that to each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
