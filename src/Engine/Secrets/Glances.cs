using System.Buffers;

namespace Plimsoll.Engine.Secrets;

/// <summary>Cheap looks at the bytes from a keyword on, which spare the expression where a short keyword is part of a word.</summary>
internal static class Glances
{
    const int Name = 200;

    static readonly SearchValues<byte> TokenBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.=+/%~$"u8);
    static readonly SearchValues<byte> UrlEnds = SearchValues.Create("@/?# \t\r\n\"'<>`\\|,;\0"u8);
    static readonly SearchValues<byte> ValueEnds = SearchValues.Create(" \t\r\n\"'`<>(){};,\0"u8);
    static readonly SearchValues<byte> Between = SearchValues.Create(" \t\"':=>]"u8);
    static readonly SearchValues<byte> Words = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    /// <summary>The keyword begins a run of at least <paramref name="length"/> characters of a token.</summary>
    public static Glance Run(int length) => text =>
        text.Length >= length && text[..length].IndexOfAnyExcept(TokenBytes) < 0;

    /// <summary>The second half of a Telegram token: 35 characters after the colon.</summary>
    public static bool RunAfterColon(ReadOnlySpan<byte> text) => text.Length >= 36 && text[1..36].IndexOfAnyExcept(TokenBytes) < 0;

    /// <summary>After <c>://</c> come a name, a colon and a password before the <c>@</c>.</summary>
    public static bool UserAndPassword(ReadOnlySpan<byte> text)
    {
        var authority = text[3..Math.Min(text.Length, 3 + Name)];
        var end = authority.IndexOfAny(UrlEnds);
        // A password may hold what a host cannot: the expression decides once there is a colon and, somewhere, an @.
        return (end < 0 ? authority : authority[..end]).Contains((byte)':') && authority.Contains((byte)'@');
    }

    /// <summary>After the rest of its name, its quotes and spaces, at least <paramref name="least"/> characters are assigned that are no code.</summary>
    public static Glance Assigned(int least) => text =>
    {
        text = text[..Math.Min(text.Length, Name)];
        var end = text.IndexOfAnyExcept(Words);
        if (end < 0 || !IsAssignment(text[end..]))
            return false;
        var value = text[end..];
        var start = value.IndexOfAnyExcept(Between);
        return start >= 0 && value[start..].IndexOfAny(ValueEnds) is var length && (length < 0 || length >= least);
    };

    /// <summary>The same for a keyword that begins with a semicolon and perhaps a space.</summary>
    public static bool AssignedAfterSemicolon(ReadOnlySpan<byte> text) => Assigned4(text[(text[1] == ' ' ? 2 : 1)..]);

    static readonly Glance Assigned4 = Assigned(4);

    static bool IsAssignment(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < Math.Min(text.Length, 4); i++)
            if (text[i] is (byte)'=' or (byte)':')
                return true;
            else if (text[i] is not ((byte)'"' or (byte)'\'' or (byte)' ' or (byte)']'))
                return false;
        return false;
    }
}
