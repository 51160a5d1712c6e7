using Microsoft.Extensions.Time.Testing;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>Helpers are shell scripts on the path of this process.</summary>
public sealed class CredentialHelperTests : IDisposable
{
    const string Ann = """echo '{"Username":"ann","Secret":"s3cret"}'""";

    readonly TemporaryFolder _folder = new();
    readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public CredentialHelperTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the helper is a shell script");
        Environment.SetEnvironmentVariable("PATH", $"{_folder.Root}:{_path}");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }

    async Task<Credential?> Ask(string script, string registry = "registry.example", TimeProvider? clock = null)
    {
        await Tool.Run("chmod", ["500", _folder.Write("docker-credential-test", "#!/bin/sh\n" + script)]);
        var config = _folder.Write("config.json", """{"credsStore":"test"}""");
        return await new Credentials(new RegistryOptions { CredentialFiles = [config], Clock = clock ?? TimeProvider.System }, Limits.Default).For(registry, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_credential_helper_is_told_the_registry_and_asked() =>
        Assert.Equal("for-registry.example", (await Ask("""read -r host; echo "{\"Username\":\"ann\",\"Secret\":\"for-$host\"}" """))?.Password);

    [Fact]
    public async Task A_helper_that_gives_a_token_gives_no_password() =>
        Assert.Equal(new Credential("", "", "t0ken"), await Ask("""echo '{"Username":"<token>","Secret":"t0ken"}'"""));

    [Fact]
    public async Task A_helper_that_knows_nothing_says_so_with_its_exit_code() =>
        Assert.Null(await Ask("echo 'credentials not found in native keychain'; exit 1"));

    // More than a pipe holds, so that the helper is certain to hang up in the middle.
    [Theory]
    [InlineData("exec 0<&-; " + Ann, "s3cret")]
    [InlineData("exec 0<&-; " + Ann + "; exit 1", null)]
    public async Task A_helper_that_does_not_listen_is_judged_by_its_answer_and_its_exit_code(string script, string? password) =>
        Assert.Equal(password, (await Ask(script, new string('r', 1 << 18)))?.Password);

    [Fact]
    public async Task A_helper_that_complains_at_length_is_heard_to_its_end() =>
        Assert.Equal("s3cret", (await Ask("head -c 300000 /dev/zero >&2; " + Ann))?.Password);

    [Theory]
    [InlineData("echo not-json")]
    [InlineData("head -c 300000 /dev/zero")]
    public async Task A_helper_that_answers_nonsense_is_named(string script) =>
        Assert.Contains("docker-credential-test", (await Assert.ThrowsAsync<UnreadableImageException>(() => Ask(script))).Message);

    [Fact]
    public async Task A_helper_that_takes_too_long_is_ended_with_all_that_it_started()
    {
        var clock = new FakeTimeProvider();
        var fifo = _folder.At("fifo");
        await Tool.Run("mkfifo", [fifo]);
        var asked = Ask($"exec 3>'{fifo}'; echo started >&3; sleep 1000; echo late", clock: clock);

        // The pipe ends when the last process that holds it does: the script and its sleep.
        var end = Task.Run(async () =>
        {
            using var reader = new StreamReader(new FileStream(fifo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
            Assert.Equal("started", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            clock.Advance(TimeSpan.FromMinutes(1));
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        });
        Assert.Contains("does not answer", (await Assert.ThrowsAsync<UnreadableImageException>(() => asked)).Message);
        Assert.Equal("", await end);
    }
}
