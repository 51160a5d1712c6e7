using System.Security.Cryptography;
using System.Text;

namespace Sample;

internal sealed record PackageFile(string Path, int Size, int Mode = 0b111_101_101, int Gid = 0);

internal sealed record Package(string Name, string Version, string Section, string Source, string Depends, string Description, params PackageFile[] Files);

/// <summary>A small Debian 12: package names, versions and sources as the distribution has them, contents generated.</summary>
internal static class Debian
{
    const string Lib = "usr/lib/x86_64-linux-gnu/";
    const int Setuid = 0b100_111_101_101, Setgid = 0b010_111_101_101;

    public static readonly Package[] Base =
    [
        new("apt", "2.6.1", "admin", "", "libc6 (>= 2.34)", "commandline package manager", new PackageFile("usr/bin/apt-get", 28_672)),
        new("base-files", "12.4+deb12u12", "admin", "", "", "Debian base system miscellaneous files", new PackageFile("usr/share/base-files/motd", 286, 0b110_100_100)),
        new("bash", "5.2.15-2+b8", "shells", "bash (5.2.15-2)", "base-files (>= 2.1.12)", "GNU Bourne Again SHell", new PackageFile("usr/bin/bash", 81_920)),
        new("coreutils", "9.1-1", "utils", "", "", "GNU core utilities", new PackageFile("usr/bin/cat", 20_480), new PackageFile("usr/bin/chown", 24_576), new PackageFile("usr/bin/ls", 36_864)),
        new("dash", "0.5.12-2", "shells", "", "", "POSIX-compliant shell", new PackageFile("usr/bin/dash", 24_576)),
        new("dpkg", "1.21.22", "admin", "", "tar (>= 1.28-1)", "Debian package management system", new PackageFile("usr/bin/dpkg", 40_960)),
        new("libc6", "2.36-9+deb12u13", "libs", "glibc", "libgcc-s1", "GNU C Library: Shared libraries", new PackageFile(Lib + "libc.so.6", 131_072)),
        new("libselinux1", "3.4-1+b6", "libs", "libselinux (3.4-1)", "libc6 (>= 2.34)", "SELinux runtime shared libraries", new PackageFile(Lib + "libselinux.so.1", 24_576, 0b110_100_100)),
        new("passwd", "1:4.13+dfsg1-1+deb12u1", "admin", "shadow", "libc6 (>= 2.34)", "change and administer password and group data",
            new PackageFile("usr/bin/chage", 12_288, Setgid, 42), new PackageFile("usr/bin/passwd", 16_384, Setuid)),
        new("perl-base", "5.36.0-7+deb12u3", "perl", "perl", "libc6 (>= 2.35)", "minimal Perl system", new PackageFile("usr/bin/perl5.36.0", 61_440)),
        new("util-linux", "2.38.1-5+deb12u3", "utils", "", "libc6 (>= 2.34)", "miscellaneous system utilities", new PackageFile("usr/bin/su", 16_384, Setuid)),
        new("zlib1g", "1:1.2.13.dfsg-1", "libs", "zlib", "libc6 (>= 2.14)", "compression library - runtime", new PackageFile(Lib + "libz.so.1.2.13", 20_480, 0b110_100_100)),
    ];

    public static readonly Package[] Python =
    [
        new("libexpat1", "2.5.0-1+deb12u2", "libs", "expat", "libc6 (>= 2.25)", "XML parsing C library - runtime library", new PackageFile(Lib + "libexpat.so.1.8.10", 20_480, 0b110_100_100)),
        new("libpq5", "15.14-0+deb12u1", "libs", "postgresql-15", "libc6 (>= 2.34), libssl3 (>= 3.0.0)", "PostgreSQL C client library", new PackageFile(Lib + "libpq.so.5.15", 36_864, 0b110_100_100)),
        new("libssl3", "3.0.17-1~deb12u2", "libs", "openssl", "libc6 (>= 2.34)", "Secure Sockets Layer toolkit - shared libraries", new PackageFile(Lib + "libssl.so.3", 61_440, 0b110_100_100)),
        new("python3", "3.11.2-1+b1", "python", "python3-defaults (3.11.2-1)", "python3.11 (>= 3.11.2-1~)", "interactive high-level object-oriented language (default python3 version)",
            new PackageFile("usr/share/doc/python3/copyright", 1_021, 0b110_100_100)),
        new("python3.11", "3.11.2-6+deb12u6", "python", "", "libpython3.11-stdlib (= 3.11.2-6+deb12u6)", "Interactive high-level object-oriented language (version 3.11)",
            new PackageFile("usr/bin/python3.11", 122_880)),
        new("libpython3.11-stdlib", "3.11.2-6+deb12u6", "python", "python3.11", "libexpat1 (>= 2.1~beta3), libssl3 (>= 3.0.0)", "Interactive high-level object-oriented language (standard library, version 3.11)",
            new PackageFile("usr/lib/python3.11/argparse.py", 30_011, 0b110_100_100), new PackageFile("usr/lib/python3.11/ssl.py", 17_203, 0b110_100_100)),
    ];

    /// <summary>Removed again in the layer that installed it; dpkg remembers it for the one configuration file it left.</summary>
    const string Deinstalled = """
        Package: wget
        Status: deinstall ok config-files
        Priority: standard
        Section: web
        Installed-Size: 3521
        Maintainer: Debian Developers <debian-devel@lists.debian.org>
        Architecture: amd64
        Version: 1.21.3-1+deb12u1
        Config-Version: 1.21.3-1+deb12u1
        Depends: libc6 (>= 2.34)
        Conffiles:
         /etc/wgetrc c43064699caf6109f4b3da0405c06ebb
        Description: retrieves files from the web


        """;

    public static string Status(IEnumerable<Package> installed, bool withDeinstalled) =>
        string.Concat(installed.OrderBy(p => p.Name, StringComparer.Ordinal).Select(Stanza)) + (withDeinstalled ? Deinstalled : "");

    static string Stanza(Package package)
    {
        var text = new StringBuilder($"Package: {package.Name}\nStatus: install ok installed\nPriority: required\nSection: {package.Section}\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Installed-Size: {(package.Files.Sum(f => f.Size) + 1023) / 1024}\nMaintainer: Debian Developers <debian-devel@lists.debian.org>\nArchitecture: amd64\nMulti-Arch: foreign\n");
        if (package.Source is not "")
            text.Append("Source: ").Append(package.Source).Append('\n');
        text.Append("Version: ").Append(package.Version).Append('\n');
        if (package.Depends is not "")
            text.Append("Depends: ").Append(package.Depends).Append('\n');
        return text.Append("Description: ").Append(package.Description).Append("\n\n").ToString();
    }

    public static void Install(Layer layer, Package package)
    {
        var sums = new StringBuilder();
        foreach (var file in package.Files)
        {
            var data = file.Path.EndsWith(".py", StringComparison.Ordinal) || file.Path.Contains("/share/", StringComparison.Ordinal)
                ? Content.Text(file.Path, file.Size, file.Path.EndsWith(".py", StringComparison.Ordinal) ? "# " : "")
                : Content.Elf(file.Path, file.Size);
            layer.File(file.Path, data, file.Mode, 0, file.Gid);
            sums.Append(Convert.ToHexStringLower(MD5.HashData(data))).Append("  ").Append(file.Path).Append('\n');
        }
        layer.File($"var/lib/dpkg/info/{package.Name}.list", Content.Utf8("/.\n" + string.Concat(package.Files.Select(f => $"/{f.Path}\n"))));
        layer.File($"var/lib/dpkg/info/{package.Name}.md5sums", Content.Utf8(sums.ToString()));
    }
}
