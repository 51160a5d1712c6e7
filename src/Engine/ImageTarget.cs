using Plimsoll.Engine.Images;

namespace Plimsoll.Engine;

/// <summary>Where an image is written.</summary>
public abstract record ImageTarget
{
    ImageTarget() { }

    /// <summary>
    /// A tar in a file that both <c>docker load</c> and readers of OCI archives take. A file that is there already is replaced at the end, by one rename, and
    /// keeps its content until then.
    /// </summary>
    public sealed record DockerArchive(string Path) : ImageTarget
    {
        public override string ToString() => Path;
    }

    /// <summary>The same, written to a stream at the end, such as standard output. It is made in a temporary file.</summary>
    public sealed record Stream(System.IO.Stream Bytes) : ImageTarget
    {
        public override string ToString() => "standard output";
    }

    /// <summary>A tar of an OCI layout, in a file. It replaces a file as a docker archive does.</summary>
    public sealed record OciArchive(string Path) : ImageTarget
    {
        public override string ToString() => Path;
    }

    /// <summary>An OCI layout in a directory that is empty or not there yet.</summary>
    public sealed record OciLayout(string Path) : ImageTarget
    {
        public override string ToString() => Path;
    }

    /// <summary>A tag in a registry that speaks the OCI Distribution API.</summary>
    public sealed record Registry(ImageName Name) : ImageTarget
    {
        public override string ToString() => Name.ToString();
    }
}
