namespace Plimsoll.Engine.Optimizing;

/// <summary>The tests that packages of Python and Node are delivered with.</summary>
internal static class LanguageTests
{
    public static bool Has(ReadOnlySpan<byte> path)
    {
        var (inPython, inNode, depth) = (false, false, 0);
        for (var rest = path; rest.IndexOf((byte)'/') is var slash and > 0; rest = rest[(slash + 1)..])
        {
            var part = rest[..slash];
            depth++;
            if (part.SequenceEqual("site-packages"u8) || part.SequenceEqual("dist-packages"u8))
                (inPython, inNode, depth) = (true, false, 0);
            else if (part.SequenceEqual("node_modules"u8))
                (inPython, inNode, depth) = (false, true, 0);
            else if (inNode && depth == 1 && part[0] == '@')
                depth = 0;
            else if (IsTests(part) && (inPython && depth > 1 || inNode && depth == 2))
                return true;
        }
        return false;
    }

    static bool IsTests(ReadOnlySpan<byte> name) => name.SequenceEqual("tests"u8) || name.SequenceEqual("test"u8) || name.SequenceEqual("__tests__"u8);
}
