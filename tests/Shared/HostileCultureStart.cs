using System.Runtime.CompilerServices;

namespace HGQ.Testing;

internal static class HostileCultureStart
{
    [ModuleInitializer]
    internal static void Start() => HostileCulture.MakeDefault();
}
