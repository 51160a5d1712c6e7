using System.Text;

namespace Plimsoll.Engine.Dockerfiles.Fixes;

/// <summary>A Dockerfile with what is safe to mend mended.</summary>
/// <param name="Before">Its lines as they were, with what ends them.</param>
/// <param name="Mended">Advices that are mended.</param>
/// <param name="HasMark">Whether it begins with a byte-order mark.</param>
public sealed record FixedFile(IReadOnlyList<string> Before, IReadOnlyList<FixedLine> After, int Mended, bool HasMark)
{
    public bool IsChanged => Mended > 0;

    /// <summary>The file as it is to be: all that was not mended is as it was, with its ends of lines.</summary>
    public byte[] Bytes => [.. HasMark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(string.Concat(After.Select(line => line.Text)))];
}
