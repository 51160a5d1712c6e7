using System.Globalization;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Checks;

/// <summary>Who the container's process is, as a container engine would look it up: <c>user[:group]</c>, each a name or a number.</summary>
/// <param name="Name">As the image says it; empty when it says nothing.</param>
/// <param name="Uid">Null for a name that the image's passwd does not have.</param>
internal sealed record RunUser(string Name, bool IsNumeric, int? Uid, int? Gid)
{
    public bool IsRoot => Uid == 0;

    public static RunUser Of(InspectedImage image)
    {
        var (name, group) = image.Config.User.Trim().Split(':', 2) is [var first, var second] ? (first, second) : (image.Config.User.Trim(), "");
        var number = Number(name);
        // Engines take an empty user for root, and root for 0 even where the image has no passwd.
        var uid = name.Length == 0 ? 0 : number ?? image.Accounts.UidOf(name) ?? (name == "root" ? 0 : null);
        var gid = Number(group) ?? image.Accounts.Groups.FirstOrDefault(known => known.Name == group)?.Gid
            ?? image.Accounts.Users.FirstOrDefault(user => number is null ? user.Name == name : user.Uid == number)?.Gid;
        return new RunUser(name, number is not null, uid, gid);
    }

    public bool Owns(LayerEntry entry) => Uid == entry.Uid;

    /// <summary>Whether the mode lets this user change the file. Root may, whatever the mode.</summary>
    public bool CanWrite(LayerEntry entry) =>
        IsRoot || entry.Mode.HasFlag(UnixFileMode.OtherWrite)
        || Owns(entry) && entry.Mode.HasFlag(UnixFileMode.UserWrite)
        || Gid == entry.Gid && entry.Mode.HasFlag(UnixFileMode.GroupWrite);

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
