using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Packages.KnownBinaries;

/// <summary>
/// The table of well-known programs. An expression says as much of what surrounds a version as is the same in every build, so that the
/// version of something else is not taken for it. <c>docs/packages/known-binaries.md</c> says which
/// rows were tried on which real files.
/// </summary>
internal static partial class KnownBinaryList
{
    public static readonly KnownBinary[] All =
    [
        new("busybox", ["busybox"], "BusyBox v", BusyBox()),
        new("go", ["go"], " Go buildinf:", GoToolchain()),
        new("go", ["VERSION"], "go", GoVersionFile()),
        new("haproxy", ["haproxy"], ", released 20", HaProxy()),
        new("httpd", ["httpd", "apache2"], "Apache/", Httpd()),
        new("memcached", ["memcached"], "memcached ", Memcached()),
        new("nginx", ["nginx"], "nginx version: ", Nginx()),
        new("node", ["node", "nodejs", "libnode"], "node.js/v", Node()),
        new("openjdk", ["libjvm"], " JRE (", OpenJdk()),
        new("openjdk", ["release"], "JAVA_VERSION=\"", OpenJdkRelease()),
        new("openssl", ["openssl", "libcrypto"], "OpenSSL ", OpenSsl()),
        new("php", ["php", "php-fpm", "php-cgi", "libphp"], "X-Powered-By: PHP/", Php()),
        new("postgresql", ["postgres"], ", compiled by ", PostgreSql()),
        new("python", ["python", "libpython"], "\0*.", Python()) { Series = ("cpython-3", PythonTag()) },
        new("redis", ["redis-server", "redis-check-rdb", "redis-check-aof", "redis-sentinel"], "000000000\0", Redis()),
        new("redis", ["redis-server", "redis-check-rdb", "redis-check-aof", "redis-sentinel"], "-builtin\0", RedisServer()),
        new("ruby", ["ruby", "libruby"], " revision ", Ruby()),
    ];

    [GeneratedRegex(@"BusyBox v(\d+\.\d+\.\d+)")]
    private static partial Regex BusyBox();

    // The header of Go's build information, then its first line.
    [GeneratedRegex(@"\xFF Go buildinf:[\x04\x08][\x02\x03]\0{16}[\x05-\x7F]go(\d+\.\d+(?:\.\d+)?(?:(?:beta|rc)\d+)?)[^\n]{1,120}path\tcmd/go\n", RegexOptions.Singleline)]
    private static partial Regex GoToolchain();

    [GeneratedRegex(@"^go(\d+\.\d+(?:\.\d+)?(?:(?:beta|rc)\d+)?)(?:\s|\z)")]
    private static partial Regex GoVersionFile();

    // "HAProxy version 2.6.12-1+deb12u4 2026/10/17" is put together at run time.
    [GeneratedRegex(@" version (\d+\.\d+(?:\.|-dev|-rc)\d+)[^\s,]{0,64}, released 20\d\d/")]
    private static partial Regex HaProxy();

    [GeneratedRegex(@"\0Apache/(\d+\.\d+\.\d+)[ \0]")]
    private static partial Regex Httpd();

    [GeneratedRegex(@"\0memcached (\d+\.\d+\.\d+)[\0\n]")]
    private static partial Regex Memcached();

    // Not openresty or tengine, which say their own name before the slash.
    [GeneratedRegex(@"nginx version: nginx/(\d+\.\d+\.\d+)")]
    private static partial Regex Nginx();

    [GeneratedRegex(@"node\.js/v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)")]
    private static partial Regex Node();

    [GeneratedRegex(@"OpenJDK [^\0]{1,120} JRE \((\d[\d._]*)")]
    private static partial Regex OpenJdk();

    [GeneratedRegex(@"(?:^|\n)JAVA_VERSION=""(\d[\d._]{0,40})")]
    private static partial Regex OpenJdkRelease();

    // With its date: a program also names the version of OpenSSL that it was built for.
    [GeneratedRegex(@"\0OpenSSL (\d+\.\d+\.\d+[a-z]{0,2}(?:-[a-z]+\d*)?) {1,2}\d{1,2} [A-Z][a-z]{2} 20\d\d")]
    private static partial Regex OpenSsl();

    [GeneratedRegex(@"X-Powered-By: PHP/(\d+\.\d+\.\d+(?:(?:alpha|beta|RC)\d+)?)")]
    private static partial Regex Php();

    [GeneratedRegex(@"PostgreSQL (\d+(?:(?:alpha|beta|rc)\d+|(?:\.\d+){1,2}))[^\0]{0,100}, compiled by ")]
    private static partial Regex PostgreSql();

    [GeneratedRegex(@"\0(\d\.\d+\.\d+(?:(?:a|b|rc)\d+)?)\+?\0")]
    private static partial Regex Python();

    // The tag of compiled modules, "cpython-311" in "x.cpython-311.pyc" and "x.cpython-311-x86_64-linux-gnu.so". A text 3.40.1 alone may be the version of SQLite.
    [GeneratedRegex(@"[\0.]cpython-(3)(\d{1,2})[a-z]{0,2}[\0-]")]
    private static partial Regex PythonTag();

    // The build's identity: version, host and moment (on Debian only the ten digits of a moment), then nine zeros for a release that git knows nothing
    // of. Each part but the version has its length, or begins with a letter: otherwise nothing would say where the version ends.
    [GeneratedRegex(@"(?<![\d.])(\d{1,2}\.\d{1,2}\.\d{1,2})(?:[0-9a-f]{12}-\d{10,19}|[A-Za-z][0-9A-Za-z.-]{0,63}-\d{10,19}|\d{10})0{9}\0")]
    private static partial Regex Redis();

    // Of any build, a Git checkout's too: the version and the kind of atomic operations are printed by one call, and stand near each other.
    [GeneratedRegex(@"\0(\d{1,2}\.\d{1,3}\.\d{1,3})\0(?:[^\0]{0,40}\0){0,3}(?:c11|atomic|sync)-builtin\0")]
    private static partial Regex RedisServer();

    // Without the patch level that releases before 2.1 were told apart by: 3.1.7p261.
    [GeneratedRegex(@"\0ruby (\d+\.\d+\.\d+(?:preview\d+|rc\d+)?)(?:p\d+)? \(20\d\d-\d\d-\d\d revision ")]
    private static partial Regex Ruby();
}
