using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Images.Writing;

namespace Plimsoll.Engine.Optimizing;

/// <summary>The place where a word on the command line becomes an output.</summary>
internal static class OptimizeOutput
{
    public static Task<IImageOutput> Open(string output, RegistryOptions registry, Limits limits, CancellationToken ct) =>
        throw new UnreadableImageException($"'{output}' cannot be written", "no kind of output is connected");
}
