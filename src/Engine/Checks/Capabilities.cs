using System.Buffers.Binary;
using System.Numerics;

namespace Plimsoll.Engine.Checks;

/// <summary>The xattr <c>security.capability</c> (capabilities(7), "File capability extended attribute versioning"; struct vfs_cap_data).</summary>
internal static class Capabilities
{
    static readonly string[] Names =
    [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "linux_immutable",
        "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot",
        "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease",
        "audit_write", "audit_control", "setfcap", "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon",
        "bpf", "checkpoint_restore",
    ];

    /// <summary>As getcap(8) writes them, such as <c>cap_net_raw+ep</c>; null when the attribute is malformed; empty when it grants nothing.</summary>
    public static string? Describe(ReadOnlySpan<byte> xattr)
    {
        if (xattr.Length < 4)
            return null;
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(xattr);
        var (words, length) = (magic >> 24) switch { 1 => (1, 12), 2 => (2, 20), 3 => (2, 24), _ => (0, -1) };
        if (xattr.Length != length)
            return null;
        ulong permitted = 0, inheritable = 0;
        for (var i = 0; i < words; i++)
        {
            permitted |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(xattr[(4 + 8 * i)..]) << 32 * i;
            inheritable |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(xattr[(8 + 8 * i)..]) << 32 * i;
        }
        var effective = (magic & 1) != 0 ? "e" : "";
        return string.Join(' ', new[]
        {
            Clause(permitted & inheritable, effective + "ip"), Clause(permitted & ~inheritable, effective + "p"),
            Clause(inheritable & ~permitted, effective + "i"),
        }.Where(clause => clause.Length > 0));
    }

    static string Clause(ulong set, string flags)
    {
        var names = new List<string>();
        for (; set != 0; set &= set - 1)
            names.Add(BitOperations.TrailingZeroCount(set) is var bit && bit < Names.Length ? "cap_" + Names[bit] : $"cap_{bit}");
        return names.Count == 0 ? "" : string.Join(',', names) + "+" + flags;
    }
}
