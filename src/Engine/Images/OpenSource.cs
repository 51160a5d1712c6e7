using Microsoft.Win32.SafeHandles;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Images.Writing;

namespace Plimsoll.Engine.Images;

/// <summary>An <see cref="ImageSource"/> that is open for reading, with the images in it.</summary>
internal sealed class OpenSource(ImageSet images, IDisposable? handle) : IDisposable
{
    const int TarMagicAt = 257;

    /// <summary>ENXIO, which is what opening a socket or a device without a driver ends with.</summary>
    const int NobodyThere = 6;

    public ImageSet Images => images;

    public static async Task<OpenSource> Open(InspectionRequest request, RegistryOptions registry, Limits limits, CancellationToken ct) => request.Source switch
    {
        ImageSource.File file when Directory.Exists(file.Path) => new OpenSource(await Find(new DirectoryArchive(file.Path), request.Platform, limits, ct), null),
        ImageSource.File file => await OpenStream(OpenFile(file.Path), request.Platform, limits, ct),
        ImageSource.Stream stream => await OpenStream(stream.Bytes, request.Platform, limits, ct),
        ImageSource.Registry reference => await OpenRegistry(reference, request.Platform, registry, limits, ct),
        _ => throw new NotSupportedException($"{request.Source} cannot be opened"),
    };

    public void Dispose() => handle?.Dispose();

    static async Task<OpenSource> OpenRegistry(ImageSource.Registry reference, Platform? platform, RegistryOptions options, Limits limits, CancellationToken ct)
    {
        var client = new RegistryClient(options, limits);
        try
        {
            return new OpenSource(await new RegistryImages(client, limits).Find(reference.Name, reference.At, platform, ct), client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (IOException e) when (WriteProblem.IsCircle(e))
        {
            throw new UnreadableImageException(WriteProblem.Circle, "give the archive itself", e);
        }
        catch (IOException e) when (e.HResult == NobodyThere)
        {
            throw new UnreadableImageException("it is a socket or a device, and no archive", "give what docker save, skopeo or buildah wrote", e);
        }
    }

    // An uncompressed archive in a file is read where it lies; anything else goes through a temporary file once.
    static async Task<OpenSource> OpenStream(Stream source, Platform? platform, Limits limits, CancellationToken ct)
    {
        var (head, whole) = await HeadStream.Open(source, TarHeader.Size, ct);
        var compression = CompressionExtensions.Detect(head);
        if (head.Length == 0)
            throw new UnreadableImageException("it is empty", "give an archive that docker save, skopeo or buildah wrote");
        SafeFileHandle handle;
        if (compression == Compression.None)
        {
            if (!LooksLikeTar(head))
                throw new UnreadableImageException("it is not an image: neither a tar archive nor gzip or zstd around one", head is [(byte)'{', ..] ? "give what docker save, skopeo or buildah wrote; for an SBOM there is plimsoll vulnerabilities" : "give what docker save, skopeo or buildah wrote");
            handle = source is FileStream { CanSeek: true } file ? file.SafeFileHandle : await Spool.Write(whole, Path.GetTempPath(), limits, ct);
        }
        else
            await using (var plain = compression.Inflate(whole))
                handle = await Spooled(plain, limits, ct);
        try
        {
            return new OpenSource(await Find(TarArchive.Open(handle, limits, ct), platform, limits, ct), handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    static async Task<SafeFileHandle> Spooled(Stream plain, Limits limits, CancellationToken ct)
    {
        try
        {
            return await Spool.Write(plain, Path.GetTempPath(), limits, ct);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException)
        {
            throw new UnreadableImageException("its compressed data is corrupt or cut short", "make or copy the archive again", e);
        }
    }

    // A layout names digests of manifests too, so it is asked first where an archive is both (docker save since version 25).
    static async Task<ImageSet> Find(IArchive archive, Platform? platform, Limits limits, CancellationToken ct)
    {
        var hasManifest = DockerArchive.Is(archive);
        if (OciLayout.Is(archive))
        {
            var images = await new OciLayout(archive, limits).Find(platform, ct);
            if (images.Images.Count > 0 || !hasManifest)
                return images;
        }
        return hasManifest ? await new DockerArchive(archive, limits).Find(platform, ct)
            : throw new UnreadableImageException("it holds no image: there is neither manifest.json nor index.json in it", "give what docker save, skopeo or buildah wrote (docker export writes a file system, not an image)");
    }

    static bool LooksLikeTar(ReadOnlySpan<byte> head) =>
        head.Length == TarHeader.Size && (head[TarMagicAt..].StartsWith("ustar"u8) || new TarHeader(head) is var header && header.ChecksumHolds());
}
