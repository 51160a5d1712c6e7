using System.Globalization;
using System.Text;

namespace Plimsoll.Engine.Files;

/// <summary>The users and groups that the image itself knows (passwd(5), group(5), shadow(5)). Malformed lines are left out.</summary>
public sealed record Accounts(IReadOnlyList<Account> Users, IReadOnlyList<Group> Groups, IReadOnlyList<ShadowLine> Shadow)
{
    /// <summary>The user id of a name in the image, or null.</summary>
    public int? UidOf(string name) => Users.FirstOrDefault(user => user.Name == name)?.Uid;

    internal static Accounts Of(byte[]? passwd, byte[]? group, byte[]? shadow) => new(
        [.. Lines(passwd, 7).Where(f => IsId(f[2]) && IsId(f[3])).Select(f => new Account(f[0], f[1], Id(f[2]), Id(f[3]), f[5], f[6]))],
        [.. Lines(group, 4).Where(f => IsId(f[2])).Select(f => new Group(f[0], Id(f[2])))],
        [.. Lines(shadow, 2).Select(f => new ShadowLine(f[0], f[1]))]);

    static IEnumerable<string[]> Lines(byte[]? file, int fields) =>
        from line in Encoding.UTF8.GetString(file ?? []).Split('\n', StringSplitOptions.TrimEntries)
        let parts = line.Split(':')
        where parts.Length >= fields && parts[0].Length > 0 && line[0] is not ('#' or '+' or '-')
        select parts;

    /// <summary>The same lines; what a second field says is kept, and what it hashes is not: <c>x</c>, <c>*</c>, <c>!</c> or nothing stands there.</summary>
    internal static byte[] WithoutPasswords(byte[] content)
    {
        var kept = new List<byte>(content.Length);
        for (var rest = content.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n') is var newline and >= 0 ? newline + 1 : rest.Length;
            var line = rest[..end];
            var field = line.IndexOf((byte)':') + 1;
            var length = field == 0 ? 0 : line[field..].IndexOfAny((byte)':', (byte)'\n') is var found and >= 0 ? found : line.Length - field;
            kept.AddRange(line[..field]);
            if (length > 0)
                kept.Add(line[field] is (byte)'*' or (byte)'!' ? line[field] : (byte)'x');
            kept.AddRange(line[(field + length)..]);
            rest = rest[end..];
        }
        return [.. kept];
    }

    static bool IsId(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    static int Id(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <param name="Password"><c>x</c> for a hash, here or in the shadow file; empty: none is needed.</param>
public sealed record Account(string Name, string Password, int Uid, int Gid, string Home, string Shell);

public sealed record Group(string Name, int Gid);

/// <param name="Password"><c>x</c> for a hash; empty: none is needed; <c>*</c> or <c>!</c>: locked.</param>
public sealed record ShadowLine(string Name, string Password);
