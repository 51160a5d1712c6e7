namespace Plimsoll.Engine.Dockerfiles;

/// <summary>How a line says that the next one belongs to it.</summary>
internal static class Continuation
{
    /// <summary>
    /// The line without the sign at its end, and whether there was one: an escape with nothing but blanks behind it. Where another stands before
    /// that it is one of two, and ends nothing.
    /// </summary>
    public static (int Length, bool GoesOn) Of(ReadOnlySpan<char> line, char escape)
    {
        var end = line.TrimEnd(" \t").Length;
        var goesOn = end > 0 && line[end - 1] == escape && (end == 1 || line[end - 2] != escape);
        return goesOn ? (end - 1, true) : (line.Length, false);
    }
}
