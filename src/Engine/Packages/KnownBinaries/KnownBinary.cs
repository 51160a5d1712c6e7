using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Packages.KnownBinaries;

/// <summary>A well-known program that images often get without a package manager.</summary>
/// <param name="Name">As it is commonly called.</param>
/// <param name="Files">The names that its file begins with: the name alone, or followed by a version or <c>.so</c>.</param>
/// <param name="Literal">Bytes near its version, found quickly.</param>
/// <param name="Version">Matches the text around them, and has the version in its first group.</param>
internal sealed record KnownBinary(string Name, IReadOnlyList<string> Files, byte[] Literal, Regex Version);

/// <summary>The table of them. Each pattern was tried on Debian's package of the program.</summary>
internal static partial class KnownBinaryTable
{
    public static IReadOnlyList<KnownBinary> All { get; } =
    [
        new("python", ["python3", "libpython3"], [0, (byte)'3', (byte)'.'], Python()),
        new("node", ["node", "libnode"], [.. "node.js/v"u8], Node()),
        new("nginx", ["nginx"], [.. "nginx version: nginx/"u8], Nginx()),
        new("redis", ["redis-server", "redis-check-rdb", "redis-check-aof"], [.. "-builtin\0"u8], Redis()),
        new("postgresql", ["postgres"], [.. "PostgreSQL "u8], PostgreSql()),
        new("openssl", ["openssl", "libcrypto", "libssl"], [.. "OpenSSL "u8], OpenSsl()),
        new("busybox", ["busybox"], [.. "BusyBox v"u8], BusyBox()),
        new("php", ["php", "libphp"], [.. "X-Powered-By: PHP/"u8], Php()),
        new("ruby", ["ruby", "libruby"], [.. "ruby "u8], Ruby()),
        new("haproxy", ["haproxy"], [.. ", released 20"u8], HaProxy()),
        new("memcached", ["memcached"], [.. "memcached "u8], Memcached()),
        new("httpd", ["apache2", "httpd"], [.. "Apache/"u8], Httpd()),
    ];

    [GeneratedRegex("\\x00(3\\.[0-9]{1,2}\\.[0-9]{1,3}(?:(?:a|b|rc)[0-9]{1,2})?)\\+?\\x00")]
    private static partial Regex Python();

    [GeneratedRegex("node\\.js/v([0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3})")]
    private static partial Regex Node();

    [GeneratedRegex("nginx version: nginx/([0-9]{1,2}\\.[0-9]{1,3}\\.[0-9]{1,3})")]
    private static partial Regex Nginx();

    // The version and the kind of atomic operations are printed by one call, and stand side by side.
    [GeneratedRegex("\\x00([0-9]{1,2}\\.[0-9]{1,3}\\.[0-9]{1,3})\\x00(?:[^\\x00]{0,40}\\x00){0,3}(?:c11|atomic|sync)-builtin")]
    private static partial Regex Redis();

    [GeneratedRegex("PostgreSQL ([0-9]{1,2}(?:\\.[0-9]{1,3}){1,2}|[0-9]{1,2}(?:beta|rc)[0-9]{1,2})(?: \\([^)\\x00]{1,60}\\))? on ")]
    private static partial Regex PostgreSql();

    [GeneratedRegex("OpenSSL ([0-9]\\.[0-9]{1,2}\\.[0-9]{1,3}[a-z]{0,2}) ")]
    private static partial Regex OpenSsl();

    [GeneratedRegex("BusyBox v([0-9]\\.[0-9]{1,3}\\.[0-9]{1,3})")]
    private static partial Regex BusyBox();

    [GeneratedRegex("X-Powered-By: PHP/([0-9]{1,2}\\.[0-9]{1,3}\\.[0-9]{1,3}(?:(?:alpha|beta|RC)[0-9]{1,2})?)")]
    private static partial Regex Php();

    [GeneratedRegex("ruby ([0-9]\\.[0-9]{1,2}\\.[0-9]{1,3})(?:p[0-9]{1,4}|preview[0-9]{1,2}|rc[0-9]{1,2})? \\(20")]
    private static partial Regex Ruby();

    [GeneratedRegex("([0-9]{1,2}\\.[0-9]{1,3}\\.[0-9]{1,3})[^\\x00]{0,60}, released 20")]
    private static partial Regex HaProxy();

    [GeneratedRegex("memcached ([0-9]\\.[0-9]{1,3}\\.[0-9]{1,3})")]
    private static partial Regex Memcached();

    [GeneratedRegex("Apache/([0-9]\\.[0-9]{1,3}\\.[0-9]{1,3})")]
    private static partial Regex Httpd();
}
