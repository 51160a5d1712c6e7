using Plimsoll.Engine;
using Plimsoll.Engine.Images;

namespace Plimsoll.Cli;

/// <summary>Tells from a word on the command line where an image is to be written.</summary>
internal static class OutputName
{
    static readonly string[] OciEndings = [".oci", ".oci.tar"];
    static readonly string[] OtherEndings = [".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".zst", ".img", ".zip"];

    /// <exception cref="FormatException">It can be none. The message is one line that says what can be written.</exception>
    public static ImageTarget Read(string name)
    {
        if (name == "-")
            return new ImageTarget.Stream(Console.OpenStandardOutput());
        if (name.StartsWith('~'))
            throw new FormatException($"the shell did not replace the ~ of '{name}': write the folder out");
        if (Ends(name, OciEndings))
            return new ImageTarget.OciArchive(name);
        if (Ends(name, ".tar"))
            return new ImageTarget.DockerArchive(name);
        if (Ends(name, OtherEndings))
            throw new FormatException($"'{name}' cannot be written: an archive ends in .tar (docker) or .oci (OCI); its layers are compressed with --compression");
        if (name.EndsWith('/') || name.StartsWith('.') || Path.IsPathRooted(name) || Directory.Exists(name))
            return new ImageTarget.OciLayout(name);
        return Reference(name);
    }

    static ImageTarget.Registry Reference(string name)
    {
        if (File.Exists(name))
            throw new FormatException($"'{name}' is a file without the ending of an archive: end it in .tar (docker) or .oci (OCI)");
        if (!ImageName.TryParse(name, null, out var reference))
            throw new FormatException($"'{SourceName.WithoutPassword(name)}' is no output: write file.tar, file.oci, a directory/ or an image reference ([registry/]repository[:tag])");
        // Nobody but Docker can write what a bare word stands for, so that a file or folder was meant.
        if (reference is { Registry: "docker.io", Repository: ['l', 'i', 'b', 'r', 'a', 'r', 'y', '/', ..] })
            throw new FormatException($"'{name}' would be {reference}, which nobody can push: write {name}.tar, ./{name} for a layout, or registry/{name}");
        return reference.Digest is null ? new ImageTarget.Registry(reference)
            : throw new FormatException($"'{name}' has a digest, which nobody knows of an image that is yet to be written: give a tag");
    }

    static bool Ends(string name, params string[] endings) => endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
