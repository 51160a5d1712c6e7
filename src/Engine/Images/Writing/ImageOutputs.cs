using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Opens the places that images are written to.</summary>
internal static class ImageOutputs
{
    /// <exception cref="UnwritableImageException">Nothing can be written there.</exception>
    public static async Task<IImageOutput> Open(ImageTarget target, RegistryOptions registry, Limits limits, CancellationToken ct) => target switch
    {
        ImageTarget.DockerArchive file => new LayoutOutput(new TarPlace(PendingFile.Open(file.Path)), forDocker: true, limits),
        ImageTarget.Stream stream => new LayoutOutput(new TarPlace(new SpooledFile(stream.Bytes)), forDocker: true, limits),
        ImageTarget.OciArchive file => new LayoutOutput(new TarPlace(PendingFile.Open(file.Path)), forDocker: false, limits),
        ImageTarget.OciLayout folder => new LayoutOutput(FolderPlace.Open(folder.Path), forDocker: false, limits),
        ImageTarget.Registry reference => await RegistryOutput.Open(reference.Name, registry, limits, ct),
        _ => throw new NotSupportedException($"nothing can be written to {target}"),
    };
}
