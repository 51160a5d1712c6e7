using System.CommandLine;
using Plimsoll.Engine;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary>Tells from a word on the command line where an image is.</summary>
internal static class SourceName
{
    static readonly string[] ArchiveEndings = [".tar", ".tgz", ".gz", ".zst", ".oci", ".img"];

    public static Argument<string> Argument(string name)
    {
        var argument = new Argument<string>(name)
        {
            Description = "a docker archive or OCI layout (file or directory), a registry reference, or - for standard input",
        };
        return argument.NoOption();
    }

    /// <summary>What starts like an option is a mistyped one, and not a name.</summary>
    public static Argument<T> NoOption<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value is ['-', _, ..]) is { } unknown)
                result.AddError($"there is no option '{unknown.Value.Split('=')[0]}'");
        });
        return argument;
    }

    /// <summary>Null: no file, and nothing that could be a reference.</summary>
    public static ImageSource? Read(string name)
    {
        if (name == "-")
            return new ImageSource.Stream(Console.OpenStandardInput());
        if (Path.Exists(name))
            return new ImageSource.File(name);
        return !LooksLikePath(name) && ImageName.TryParse(name, null, out var reference) ? new ImageSource.Registry(reference) : null;
    }

    public static Failure WhyNot(string name) => LooksLikePath(name)
        ? new Failure(name, "no such file or directory", "check the path")
        : new Failure(WithoutPassword(name), "it is neither a file nor an image reference ([registry/]repository[:tag][@digest])", "check the name");

    // Somebody may try user:password@registry: what is printed ends up in logs.
    public static string WithoutPassword(string name)
    {
        var at = name.LastIndexOf('@');
        var user = name.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        return at > user && name.IndexOf(':', user, at - user) is var colon and >= 0 ? $"{name[..colon]}:****{name[at..]}" : name;
    }

    static bool LooksLikePath(string name) => name is ['.' or '/' or '~', ..] || Path.IsPathRooted(name)
        || ArchiveEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
