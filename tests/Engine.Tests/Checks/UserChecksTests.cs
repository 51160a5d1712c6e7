using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class UserChecksTests
{
    const string Passwd = "root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001::/app:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n";

    static ImageBuilder As(string user) => new ImageBuilder().Layer(layer => layer.File("etc/passwd", Passwd)).User(user);

    [Theory]
    [InlineData("")]
    [InlineData("root")]
    [InlineData("0")]
    [InlineData("0:0")]
    [InlineData("root:root")]
    [InlineData("0:1000")]
    [InlineData("00")]
    [InlineData("toor")]
    public void Root_is_root_by_any_name(string user) => Assert.Single(As(user).Check<NonRootUserCheck>());

    [Theory]
    [InlineData("10001")]
    [InlineData("10001:0")]
    [InlineData("app")]
    [InlineData("nobody-knows")]
    public void Another_user_is_not_root(string user) => Assert.Empty(As(user).Check<NonRootUserCheck>());

    [Fact]
    public void Root_needs_no_passwd_to_be_root() => Assert.Single(new ImageBuilder().User("root").Check<NonRootUserCheck>());

    [Fact]
    public void A_name_is_a_finding_of_its_own_that_gives_the_number() =>
        Assert.Contains("10001", Assert.Single(As("app:app").Check<NonNumericUserCheck>()).Text, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_the_image_does_not_have_keeps_the_container_from_starting() =>
        Assert.Equal(Severity.Medium, Assert.Single(As("nobody-knows").Check<NonNumericUserCheck>()).Severity);

    [Theory]
    [InlineData("10001")]
    [InlineData("10001:app")]
    [InlineData("root")]
    [InlineData("")]
    public void A_number_can_be_verified_and_root_is_reported_elsewhere(string user) => Assert.Empty(As(user).Check<NonNumericUserCheck>());

    [Fact]
    public void Files_of_the_application_that_its_user_owns_are_summed_by_layer()
    {
        var found = As("10001").With(config => config with { WorkingDir = "/work" })
            .Layer(layer => layer.File("app/b.py", "x", uid: 10001).File("app/a.py", "x", uid: 10001).File("work/c.py", "x", uid: 10001))
            .Check<ApplicationWritableCheck>();

        var evidence = Assert.Single(found);
        Assert.Equal((1, "app/a.py"), (evidence.Layer, evidence.Path));
        Assert.StartsWith("3 files", evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_the_container_starts_is_the_application_wherever_it_lies() =>
        Assert.Single(As("app").With(config => config with { Entrypoint = ["/usr/local/bin/server"] })
            .Layer(layer => layer.File("usr/local/bin/server", "x", Mode.Octal("755"), uid: 10001)).Check<ApplicationWritableCheck>());

    [Fact]
    public void Files_that_root_owns_and_data_elsewhere_are_no_finding() =>
        Assert.Empty(As("10001").With(config => config with { WorkingDir = "/" })
            .Layer(layer => layer.File("app/main.py", "x").File("var/lib/data/db", "x", uid: 10001).File("app/shared", "x", Mode.Octal("666"), uid: 10001))
            .Check<ApplicationWritableCheck>());

    [Fact]
    public void Root_changes_what_it_likes_and_is_not_reported_twice() =>
        Assert.Empty(As("").Layer(layer => layer.File("app/main.py", "x")).Check<ApplicationWritableCheck>());
}
