namespace Plimsoll.Engine.Tests.Samples;

/// <summary>Modes as people write them: in octal.</summary>
internal static class Mode
{
    public static UnixFileMode Octal(string digits) => (UnixFileMode)Convert.ToInt32(digits, 8);

    public static TestLayer Program(this TestLayer layer, string path, string mode = "755") => layer.File(path, "\u007fELF", Octal(mode));
}
