using System.Text;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>The lines of a file, with what ends them. A byte-order mark before the first does not count.</summary>
internal sealed class SourceLines
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly List<string> _lines = [];

    public SourceLines(ReadOnlySpan<byte> file)
    {
        if (file.Length > DockerfileLimits.Bytes)
            throw new DockerfileSyntaxException(new(1, 1),
                $"the file has {file.Length} bytes, more than the {DockerfileLimits.Bytes} that a Dockerfile may have");
        if (file.StartsWith(Encoding.UTF8.Preamble))
            file = file[Encoding.UTF8.Preamble.Length..];
        while (file.Length > 0)
        {
            var end = file.IndexOf((byte)'\n') is >= 0 and var newline ? newline + 1 : file.Length;
            _lines.Add(Decoded(file[..end], _lines.Count + 1));
            file = file[end..];
        }
    }

    public int Count => _lines.Count;

    /// <summary>With what ends it.</summary>
    public string Whole(int number) => _lines[number - 1];

    /// <summary>Without what ends it.</summary>
    public string this[int number] => _lines[number - 1].TrimEnd('\r', '\n');

    static string Decoded(ReadOnlySpan<byte> line, int number)
    {
        if (line.Length > DockerfileLimits.LineBytes)
            throw new DockerfileSyntaxException(new(number, 1), $"the line has more than {DockerfileLimits.LineBytes} bytes");
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException e)
        {
            throw new DockerfileSyntaxException(new(number, Encoding.UTF8.GetString(line[..e.Index]).Length + 1),
                "there are bytes here that are not UTF-8");
        }
    }
}
