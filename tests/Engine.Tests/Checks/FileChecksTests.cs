using System.Buffers.Binary;
using System.Text;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class FileChecksTests
{
    [Fact]
    public void Setuid_and_setgid_programs_are_named_with_their_owners() =>
        Assert.Equal(
            ["usr/bin/both is setuid and setgid: user 0, group 0", "usr/bin/gid is setgid: group 0", "usr/bin/uid is setuid: user 0"],
            new ImageBuilder().Layer(layer => layer.Program("usr/bin/uid", "4755").Program("usr/bin/gid", "2755").Program("usr/bin/both", "6755"))
                .Check<SetuidCheck>().Select(evidence => evidence.Text).Order(StringComparer.Ordinal));

    [Fact]
    public void Setgid_directories_and_files_that_nobody_can_run_are_no_programs() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.Directory("var/mail", Mode.Octal("2775")).File("etc/x", "x", Mode.Octal("4644")).Program("bin/ls")).Check<SetuidCheck>());

    [Fact]
    public void A_bit_that_a_later_layer_takes_away_is_gone() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.Program("bin/su", "4755")).Layer(layer => layer.Program("bin/su", "755")).Check<SetuidCheck>());

    [Fact]
    public void An_open_directory_stands_for_what_is_in_it()
    {
        var found = new ImageBuilder().Layer(layer => layer.Directory("app", Mode.Octal("777")).File("app/a", "x", Mode.Octal("666")).Directory("app/b", Mode.Octal("777"))
            .File("app-2", "x", Mode.Octal("666")).File("app/b/c", "x", Mode.Octal("777"))).Check<WorldWritableCheck>();

        Assert.Equal(
            ["app-2 may be changed by every user", "app/ is writable by every user and has no sticky bit; so are 3 files and directories in it"],
            found.Select(evidence => evidence.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sticky_directories_and_links_may_be_open() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.Directory("tmp", Mode.Octal("1777")).Symlink("bin", "usr/bin").File("etc/hosts", "x")).Check<WorldWritableCheck>());

    [Theory]
    [InlineData("640", 0)]
    [InlineData("600", 0)]
    [InlineData("644", 1)]
    public void Shadow_is_for_root_alone(string mode, int findings) =>
        Assert.Equal(findings, new ImageBuilder().Layer(layer => layer.File("etc/shadow", "root:*:1::::::\n", Mode.Octal(mode))).Check<SensitiveFileReadableCheck>().Count);

    [Theory]
    [InlineData("600", 0)]
    [InlineData("644", 1)]
    public void A_private_key_is_for_its_owner_alone(string mode, int findings) =>
        Assert.Equal(findings, new ImageBuilder().Layer(layer => layer.File("app/tls.key", CredentialFileTests.PrivateKey, Mode.Octal(mode))).Check<SensitiveFileReadableCheck>().Count);

    [Fact]
    public void A_readable_key_of_an_example_is_less() =>
        Assert.Equal(Severity.Low, Assert.Single(new ImageBuilder().Layer(layer => layer.File("usr/share/doc/x/rsakey.pem", CredentialFileTests.PrivateKey))
            .Check<SensitiveFileReadableCheck>()).Severity);

    [Fact]
    public void A_key_that_was_deleted_can_be_read_by_nobody_in_the_container() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.File("app/tls.key", CredentialFileTests.PrivateKey)).Layer(layer => layer.Delete("app/tls.key"))
            .Check<SensitiveFileReadableCheck>());

    // struct vfs_cap_data: the revision and the effective flag, then pairs of permitted and inheritable words.
    static byte[] Xattr(uint magic, params uint[] words)
    {
        var bytes = new byte[4 + 4 * words.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, magic);
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + 4 * i), words[i]);
        return bytes;
    }

    [Fact]
    public void Capabilities_are_written_as_getcap_writes_them()
    {
        Assert.Equal("cap_net_raw+ep", Capabilities.Describe(Xattr(0x02000001, 1 << 13, 0, 0, 0)));
        Assert.Equal("cap_net_bind_service,cap_net_raw+p", Capabilities.Describe(Xattr(0x02000000, 1 << 13 | 1 << 10, 0, 0, 0)));
        Assert.Equal("cap_chown+eip cap_bpf+ep", Capabilities.Describe(Xattr(0x03000001, 1, 1, 1 << 7, 0, 1000)));
        Assert.Equal("cap_sys_admin+i", Capabilities.Describe(Xattr(0x01000000, 0, 1 << 21)));
        Assert.Equal("cap_63+ep", Capabilities.Describe(Xattr(0x02000001, 0, 0, 1u << 31, 0)));
    }

    [Fact]
    public void A_malformed_attribute_is_none_that_can_be_described()
    {
        Assert.Null(Capabilities.Describe([]));
        Assert.Null(Capabilities.Describe([1, 0, 0]));
        Assert.Null(Capabilities.Describe(Xattr(0x02000001, 1)));
        Assert.Null(Capabilities.Describe(Xattr(0x09000001, 1, 0, 0, 0)));
        Assert.Equal("", Capabilities.Describe(Xattr(0x02000001, 0, 0, 0, 0)));
    }

    static ImageBuilder With(byte[] xattr) => new ImageBuilder().Layer(layer => layer.File("usr/bin/ping", "x"u8.ToArray(), Mode.Octal("755"),
        // The writer takes text: every byte below 0x80 comes out as it is.
        pax: new Dictionary<string, string> { ["SCHILY.xattr.security.capability"] = Encoding.ASCII.GetString(xattr) }));

    [Fact]
    public void A_program_with_capabilities_is_named() =>
        Assert.Equal("usr/bin/ping has cap_net_raw+ep", Assert.Single(With(Xattr(0x02000001, 1 << 13, 0, 0, 0)).Check<FileCapabilitiesCheck>()).Text);

    [Fact]
    public void A_malformed_capability_is_said_to_be_so() =>
        Assert.Contains("cannot be read", Assert.Single(With([1, 2, 3]).Check<FileCapabilitiesCheck>()).Text, StringComparison.Ordinal);

    [Fact]
    public void A_program_without_attributes_has_no_capabilities() => Assert.Empty(new ImageBuilder().Layer(layer => layer.Program("bin/ls")).Check<FileCapabilitiesCheck>());

    [Fact]
    public void Shells_are_listed_in_one_finding()
    {
        var evidence = Assert.Single(new ImageBuilder().Layer(layer => layer.Program("usr/bin/dash").Program("usr/bin/bash").Symlink("usr/bin/sh", "dash")).Check<ShellPresentCheck>());

        Assert.Equal(("usr/bin/bash, usr/bin/dash", "usr/bin/bash"), (evidence.Text, evidence.Path));
    }

    [Fact]
    public void An_image_without_programs_has_no_shell() => Assert.Empty(new ImageBuilder().Layer(layer => layer.Program("app/server").File("app/sh/readme", "x")).Check<ShellPresentCheck>());

    [Fact]
    public void Files_of_the_build_are_unneeded_one_finding_for_a_directory()
    {
        var found = new ImageBuilder().Layer(layer => layer.File("app/Dockerfile", 5).File("app/docker-compose.yml", 6).File("app/.git/HEAD", 7).File("app/.git/objects/aa/b", 8)
            .File("root/.bash_history", 9)).Check<UnneededFilesCheck>();

        Assert.Equal(
            [("app/.git", 15L, "app/.git/ with 2 files"), ("app/Dockerfile", 5, "app/Dockerfile"), ("app/docker-compose.yml", 6, "app/docker-compose.yml"),
                ("root/.bash_history", 9, "root/.bash_history")],
            found.Select(evidence => (evidence.Path!, evidence.Bytes!.Value, evidence.Text)).OrderBy(evidence => evidence.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public void Files_of_packages_are_what_they_are() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.File("app/node_modules/x/Dockerfile", "x").File("usr/share/doc/x/docker-compose.yml", "x")
            .File("usr/lib/python3/dist-packages/y/.vscode/settings.json", "x").File("app/Dockerfile_notes", "x").File("app/.gitignore", "x").File("app/composer.yml", "x"))
            .Check<UnneededFilesCheck>());
}
