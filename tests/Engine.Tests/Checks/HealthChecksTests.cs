using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class HealthChecksTests
{
    static ImageBuilder Busybox() => new ImageBuilder().Layer(layer => layer.Program("usr/bin/busybox").Symlink("bin", "usr/bin").Symlink("usr/bin/sh", "busybox")
        .Symlink("usr/bin/wget", "/bin/busybox").Program("app/health").File("app/notes.txt", "x"));

    static IEnumerable<string> Health(ImageBuilder image) => image.Check<HealthCheckCheck>().Select(evidence => evidence.Text);

    static IEnumerable<string> Tools(ImageBuilder image) => image.Check<UnreachableHealthcheckToolCheck>().Select(evidence => evidence.Text);

    [Fact]
    public void None_at_all_and_one_that_is_switched_off_are_findings()
    {
        Assert.Equal(["the image has no HEALTHCHECK"], Health(Busybox()));
        Assert.Equal(["the health check is switched off (NONE)"], Health(Busybox().HealthCheck("NONE")));
        Assert.Empty(Tools(Busybox()));
    }

    [Theory]
    [InlineData("CMD-SHELL", "wget -qO- http://localhost:8080/ || exit 1")]
    [InlineData("CMD-SHELL", "/app/health --fast >/dev/null 2>&1 && echo ok")]
    [InlineData("CMD-SHELL", "test -f /tmp/ready")]
    [InlineData("CMD-SHELL", "if [ \"$(wget -qO- http://localhost/)\" = ok ]; then exit 0; else exit 1; fi")]
    [InlineData("CMD-SHELL", "PORT=80 exec wget http://localhost:$PORT")]
    [InlineData("CMD-SHELL", "$PROBE run")]
    [InlineData("CMD", "/app/health")]
    [InlineData("CMD", "wget", "http://localhost/")]
    [InlineData("CMD", "sh", "-c", "wget http://localhost/")]
    public void A_command_that_the_image_has_is_fine(params string[] test)
    {
        Assert.Empty(Health(Busybox().HealthCheck(test)));
        Assert.Empty(Tools(Busybox().HealthCheck(test)));
    }

    [Theory]
    [InlineData("CMD-SHELL", "curl -f http://localhost/ || exit 1")]
    [InlineData("CMD-SHELL", "wget http://localhost/ | /usr/bin/curl x")]
    [InlineData("CMD-SHELL", "test \"$(curl -s http://localhost/)\" = ok")]
    [InlineData("CMD-SHELL", "test `curl -s http://localhost/` = ok")]
    [InlineData("CMD", "curl", "-f", "http://localhost/")]
    [InlineData("CMD", "sh", "-c", "exec curl x")]
    public void A_tool_that_the_image_does_not_have_is_one_finding_of_one_check(params string[] test)
    {
        Assert.Contains("curl", Assert.Single(Tools(Busybox().HealthCheck(test))), StringComparison.Ordinal);
        Assert.Empty(Health(Busybox().HealthCheck(test)));
    }

    [Theory]
    [InlineData("the health check runs /app/gone, which is not in the image", "CMD", "/app/gone")]
    [InlineData("the health check runs probe, which is not in the image", "CMD-SHELL", "probe --all")]
    [InlineData("the health check runs /app/notes.txt, which is not executable", "CMD", "/app/notes.txt")]
    public void A_program_of_the_application_that_is_not_there_is_the_health_checks_own_finding(string text, params string[] test)
    {
        Assert.Equal([text], Health(Busybox().HealthCheck(test)));
        Assert.Empty(Tools(Busybox().HealthCheck(test)));
    }

    [Fact]
    public void Without_a_shell_the_shell_is_what_is_missing()
    {
        var image = new ImageBuilder().Layer(layer => layer.Program("app/server")).HealthCheck("CMD-SHELL", "curl -f http://localhost/");

        Assert.Equal(["the health check runs /bin/sh, which is not in the image"], Health(image));
        Assert.Empty(Tools(image));
    }

    [Fact]
    public void The_path_of_the_image_and_its_working_directory_are_where_programs_are_looked_for()
    {
        Assert.Single(Health(new ImageBuilder().Layer(layer => layer.Program("app/bin/probe")).HealthCheck("CMD", "probe")));
        Assert.Empty(Health(new ImageBuilder().Layer(layer => layer.Program("app/bin/probe")).Env("PATH", "/bin:/app/bin").HealthCheck("CMD", "probe")));
        Assert.Empty(Health(new ImageBuilder().Layer(layer => layer.Program("app/bin/probe")).With(config => config with { WorkingDir = "/app" }).HealthCheck("CMD", "./bin/probe")));
    }

    static IEnumerable<string> Timed(double interval, double timeout, int? retries) => Health(Busybox().With(config => config with
    {
        HealthCheck = new HealthCheck(["CMD", "/app/health"], TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(timeout), null, retries),
    }));

    [Fact]
    public void Times_that_make_no_sense_are_named()
    {
        Assert.Contains("every 0.5 s", Assert.Single(Timed(0.5, 0.5, 3)), StringComparison.Ordinal);
        Assert.Contains("longer than its interval", Assert.Single(Timed(5, 10, 3)), StringComparison.Ordinal);
        Assert.Contains("only after 1515 s", Assert.Single(Timed(300, 3, 5)), StringComparison.Ordinal);
        Assert.Empty(Timed(30, 3, null));
    }
}
