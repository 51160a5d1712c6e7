using Plimsoll.Engine.Images;

namespace Plimsoll.Engine;

/// <summary>Where an image is.</summary>
public abstract record ImageSource
{
    ImageSource() { }

    /// <summary>A docker archive or OCI layout in a file, compressed or not, or in a directory.</summary>
    public sealed record File(string Path) : ImageSource
    {
        public override string ToString() => Path;
    }

    /// <summary>The same as a file, but out of a stream that cannot seek, such as standard input. It is copied to a temporary file.</summary>
    public sealed record Stream(System.IO.Stream Bytes) : ImageSource
    {
        public override string ToString() => "standard input";
    }

    /// <summary>A reference to a registry that speaks the OCI Distribution API.</summary>
    /// <param name="At">The digest that the name was resolved to, when that is known: the tag is not looked up again.</param>
    public sealed record Registry(ImageName Name, Digest? At = null) : ImageSource
    {
        public override string ToString() => Name.ToString();
    }
}

/// <summary>What to inspect of a source.</summary>
/// <param name="Platform">Null: every platform that it has.</param>
/// <param name="Image">Of an archive with several images, the one with this name or digest; null: all.</param>
public sealed record InspectionRequest(ImageSource Source, Platform? Platform = null, string? Image = null);

/// <summary>How far the reading of one layer is.</summary>
/// <param name="Layer">The first digits of its digest.</param>
/// <param name="Read">Stored bytes read since the last report.</param>
/// <param name="Total">Stored bytes in all; null where the source does not say.</param>
public readonly record struct LayerProgress(string Layer, int Read, long? Total);

/// <summary>A finished inspection: the report, and behind each of its images the tree that it speaks of.</summary>
public sealed record Inspection(Reports.Report Report, IReadOnlyList<InspectedImage> Images);
