using System.Text;
using Plimsoll.Engine.Checks;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// Where a secret is likelier to be an example, or somebody else's. Nothing is trusted for where it lies: it is reported from there too, as
/// of low severity.
/// </summary>
internal static class SecretPlaces
{
    /// <summary>Directories, wherever they are.</summary>
    static readonly byte[][] Parts = Bytes(
        "test", "tests", "testing", "testdata", "test-data", "__tests__", "spec", "fixtures", "mocks", "__mocks__", "example", "examples", "sample", "samples",
        "demo", "demos", "doc", "docs", "node_modules", "site-packages", "dist-packages", "vendor", "vendored", "third_party", "gems", "pkg/mod", ".cargo/registry");

    /// <summary>Directories of the system, where its packages keep what is theirs.</summary>
    static readonly byte[][] Systems = Bytes("usr/share/man", "usr/share/info", "usr/share/perl", "usr/share/perl5", "usr/share/vim", "usr/local/go");

    /// <summary>The same, with a version behind.</summary>
    static readonly byte[][] Versioned = Bytes("usr/lib/python", "usr/local/lib/python", "usr/lib/ruby/", "usr/local/lib/ruby/", "usr/lib/go-", "usr/share/go-", "usr/lib/jvm/");

    /// <summary>What the names of such directories end with: <c>mysql-test</c>.</summary>
    static readonly byte[][] Ends = Bytes("-test/", "-tests/", "_test/", "_tests/", "-testsuite/", "-example/", "-examples/");

    static readonly byte[][] Endings = Bytes(
        ".md", ".rst", ".adoc", ".example", ".sample", ".dist", ".template", ".tmpl", "_test.go", ".test.js", ".test.ts", ".spec.js", ".spec.ts", "_test.py", "_spec.rb");

    public static bool LowersConfidence(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        return Parts.Any(parts => PathParts.HasParts(bytes, parts)) || Ends.Any(end => bytes.AsSpan().IndexOf(end) >= 0) || Systems.Any(system => PathParts.IsUnder(bytes, system))
            || Versioned.Any(system => bytes.AsSpan().StartsWith(system)) || Endings.Any(ending => bytes.AsSpan().EndsWith(ending));
    }

    static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.ASCII.GetBytes)];
}
