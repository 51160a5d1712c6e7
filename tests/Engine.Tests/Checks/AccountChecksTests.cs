using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class AccountChecksTests
{
    [Fact]
    public void An_empty_password_is_found_in_passwd_and_in_shadow()
    {
        var found = new ImageBuilder().Layer(layer => layer.File("etc/passwd", "root:x:0:0::/root:/bin/sh\nguest::1:1::/:/bin/sh\n"))
            .Layer(layer => layer.File("etc/shadow", "root::19000:0:99999:7:::\ndaemon:*:19000::::::\n")).Check<EmptyPasswordCheck>();

        Assert.Equal([("etc/passwd", 0), ("etc/shadow", 1)], found.Select(evidence => (evidence.Path!, evidence.Layer!.Value)));
        Assert.Contains("'guest'", found[0].Text, StringComparison.Ordinal);
        Assert.Contains("'root'", found[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Locked_and_hashed_passwords_are_not_empty() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.File("etc/passwd", "root:x:0:0::/root:/bin/sh\n")
            .File("etc/shadow", "root:*:1::::::\na:!:1::::::\nb:$6$salt$hash:1::::::\n")).Check<EmptyPasswordCheck>());

    [Fact]
    public void A_password_that_a_later_layer_locks_is_no_finding() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.File("etc/shadow", "root::1::::::\n")).Layer(layer => layer.File("etc/shadow", "root:!:1::::::\n"))
            .Check<EmptyPasswordCheck>());

    [Fact]
    public void Users_and_groups_that_share_an_id_are_named()
    {
        var found = new ImageBuilder().Layer(layer => layer.File("etc/passwd", "root:x:0:0::/:/bin/sh\na:x:5:5::/:/bin/sh\nb:x:5:6::/:/bin/sh\n")
            .File("etc/group", "x:x:7:\ny:x:7:\n")).Check<DuplicateIdsCheck>();

        Assert.Equal(["the user id 5 is shared by a, b", "the group id 7 is shared by x, y"], found.Select(evidence => evidence.Text));
    }

    [Fact]
    public void A_second_name_for_root_is_worse() =>
        Assert.Equal(Severity.High, Assert.Single(new ImageBuilder().Layer(layer => layer.File("etc/passwd", "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n"))
            .Check<DuplicateIdsCheck>()).Severity);

    [Fact]
    public void Ids_of_their_own_are_no_finding_even_when_a_user_and_a_group_have_the_same() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.File("etc/passwd", "root:x:0:0::/:/bin/sh\na:x:5:5::/:/bin/sh\n").File("etc/group", "root:x:0:\na:x:5:\n"))
            .Check<DuplicateIdsCheck>());

    [Fact]
    public void Sudo_is_found_by_its_program() =>
        Assert.Equal("usr/bin/sudo", Assert.Single(new ImageBuilder().Layer(layer => layer.Program("usr/bin/sudo", "4755")).Check<SudoCheck>()).Path);

    [Fact]
    public void Sudo_is_found_by_its_package() =>
        Assert.Contains("sudo 1.9", Assert.Single(new ImageBuilder()
            .Layer(layer => layer.File("var/lib/dpkg/status", "Package: sudo\nStatus: install ok installed\nVersion: 1.9\n")).Check<SudoCheck>()).Text, StringComparison.Ordinal);

    [Fact]
    public void Sudo_that_was_removed_again_is_no_finding() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.Program("usr/bin/sudo")).Layer(layer => layer.Delete("usr/bin/sudo")).Check<SudoCheck>());
}
