using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plimsoll.Cli.Tests.Samples;
using Plimsoll.Service.Tests.Samples;
using static Plimsoll.Service.Tests.Samples.ScriptedServer;

namespace Plimsoll.Service.Tests;

/// <summary>Logging in, and where the token goes and does not go.</summary>
public sealed class LoginTests(PostgresServer postgres, RedisServer redis)
{
    const string Token = Samples.Service.AdminToken;
    const string Wrong = "a-wrong-token-that-nobody-gave";
    const string NoImages = """{"items":[],"next":null}""";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static byte[] Typed(string text) => Encoding.UTF8.GetBytes(text);

    [Theory, InlineData("stdin"), InlineData("file"), InlineData("environment")]
    public async Task A_token_is_checked_and_kept_where_only_its_owner_can_read_it(string from)
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var terminal = new Terminal(null, from == "environment" ? Token : null);
        string[] how = from switch { "stdin" => ["--token-stdin"], "file" => ["--token-file", terminal.Home.Write("token", Token + "\n")], _ => [] };
        var login = (await terminal.Run(Typed(Token + "\n"), ["login", service.Address, .. how])).Exits(0);
        Assert.Equal($"logged in at {service.Address}; the token is in {terminal.LoginFile}\n", login.Output);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(terminal.LoginFile).UnixFileMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new FileInfo(terminal.LoginFile).Directory!.UnixFileMode);
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(terminal.LoginFile)!));

        // From now on neither the address nor the token needs saying.
        var later = await Tool.Run(["images", "--format", "json"], null, ("XDG_CONFIG_HOME", terminal.Home.Root));
        Assert.Equal("[]\n", later.Exits(0).Output);
        Assert.Equal($"logged out of {service.Address}\n", (await terminal.Run("logout")).Exits(0).Output);
        Assert.DoesNotContain(Token, await File.ReadAllTextAsync(terminal.LoginFile, Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, terminal.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_is_not_kept_and_not_repeated()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var terminal = new Terminal(service.Address);
        Assert.Contains("does not know the token", (await terminal.Run(Typed(Wrong), "login", "--token-stdin")).Exits(2).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(terminal.LoginFile));
        Assert.Contains("wants a token", (await terminal.Run("images")).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("no terminal to ask", (await terminal.Run("login")).Exits(64).Error, StringComparison.Ordinal);
        Assert.Contains("holds no token", (await terminal.Run(Typed("\n"), "login", "--token-stdin")).Exits(64).Error, StringComparison.Ordinal);
        Assert.Contains("something else", (await terminal.Run(Typed($"{Wrong}\nX-Injected: {Wrong}"), "login", "--token-stdin")).Exits(64).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, terminal.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_on_the_command_line_is_refused_and_not_repeated()
    {
        using var terminal = new Terminal(null);
        foreach (var line in (string[][])[["login", "https://plimsoll.example", Wrong], ["login", $"--token={Wrong}"], ["images", $"--token={Wrong}"], ["images", "--token", Wrong], ["login", Wrong]])
            (await terminal.Run(line)).Exits(64);
        Assert.Contains("--token-stdin", terminal.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, terminal.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_goes_to_the_server_that_it_was_kept_for_and_to_no_other()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        await using var other = await Start(Says(200, NoImages));
        using var terminal = new Terminal(null);
        (await terminal.Run(Typed(Token), "login", service.Address, "--token-stdin")).Exits(0);
        (await terminal.Run("images", "--server", other.Address.AbsoluteUri)).Exits(0);
        Assert.Equal("", Assert.Single(other.Requests).Authorization);
    }

    [Fact]
    public async Task A_token_is_shown_to_no_server_before_it_asked_and_is_one_of_ours()
    {
        await using var other = await Start(Says(404, "not found"));
        using var terminal = new Terminal(other.Address.AbsoluteUri, Token);
        Assert.Contains("is that a Plimsoll server?", (await terminal.Run("login")).Exits(2).Error, StringComparison.Ordinal);
        Assert.All(other.Requests, request => Assert.Equal("", request.Authorization));
    }

    [Fact]
    public async Task Where_nobody_signs_in_no_token_is_kept()
    {
        await using var open = await Start(Says(200, """{"version":"1","revision":1}"""), Says(200, NoImages));
        using var terminal = new Terminal(open.Address.AbsoluteUri, Token);
        Assert.Contains("asks for no token", (await terminal.Run("login")).Exits(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, await File.ReadAllTextAsync(terminal.LoginFile, Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://plimsoll.invalid", "has no HTTPS", 64)]
    [InlineData("https://plimsoll.invalid", "no host 'plimsoll.invalid'", 2)]
    [InlineData("plimsoll.invalid", "no host 'plimsoll.invalid'", 2)]
    [InlineData("https://user:a-wrong-token-that-nobody-gave@plimsoll.invalid", "no place for it", 64)]
    [InlineData("ftp://plimsoll.invalid", "takes https://", 64)]
    [InlineData("http://127.0.0.1:1", "no server answers", 2)]
    public async Task An_address_that_will_not_do_is_told_with_what_to_do(string address, string says, int code)
    {
        using var terminal = new Terminal(null, Token);
        foreach (var line in (string[][])[["login", address], ["images", "--server", address]])
            Assert.Contains(says, (await terminal.Run(line)).Exits(code).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, terminal.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, terminal.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_login_says_how_to_go_on()
    {
        using var terminal = new Terminal(null);
        terminal.Home.Write("plimsoll/login.json", "{\"servers\":");
        Assert.Contains("log in again", (await terminal.Run("images")).Exits(64).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_prompt_does_not_show_what_is_typed()
    {
        Assert.SkipWhen(Samples.Server.PathOf("script") is null, "script (bsdutils) is not installed");
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var terminal = new Terminal(service.Address);
        var start = new ProcessStartInfo("script", ["-qfec", $"dotnet '{Tool.Dll}' login", "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in terminal.Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var seen = new StringBuilder();
        var buffer = new char[1000];
        while (!seen.ToString().Contains($"Token for {service.Address}: ", StringComparison.Ordinal))
        {
            var read = await process.StandardOutput.ReadAsync(buffer, Ct);
            Assert.True(read > 0, $"it ended with {seen}");
            seen.Append(buffer, 0, read);
        }
        // In two pieces, as a slow line delivers them.
        foreach (var piece in (string[])[$"x\x7f{Token[..9]}", $"{Token[9..]}\r"])
        {
            await process.StandardInput.WriteAsync(piece);
            await process.StandardInput.FlushAsync(Ct);
        }
        while (await process.StandardOutput.ReadAsync(buffer, Ct) is var count and > 0)
            seen.Append(buffer, 0, count);
        await process.WaitForExitAsync(Ct);
        Assert.Contains("logged in at", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token[..5], seen.ToString(), StringComparison.Ordinal);
        Assert.Contains(Token, await File.ReadAllTextAsync(terminal.LoginFile, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_processes_does_not_show_the_token()
    {
        await using var held = await Start(async context => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var terminal = new Terminal(held.Address.AbsoluteUri, Token);
        using var process = Tool.Start(["images"], terminal.Environment);
        await Wait.Until(() => Task.FromResult(!held.Requests.IsEmpty));
        Assert.Equal($"Bearer {Token}", held.Requests.First().Authorization);
        Assert.DoesNotContain(Token, await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline", Ct), StringComparison.Ordinal);
        process.Kill();
        await process.WaitForExitAsync(Ct);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_and_SSL_CERT_FILE_is_what_helps()
    {
        using var terminal = new Terminal(null, Token);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await using var app = builder.Build();
        var asked = 0;
        app.Run(context => (Interlocked.Increment(ref asked), context.Response.WriteAsync(NoImages)).Item2);
        await app.StartAsync(Ct);
        var address = $"https://localhost:{new Uri(app.Urls.Single()).Port}";

        var refused = (await terminal.Run("images", "--server", address)).Exits(2);
        Assert.Matches($@"^plimsoll: {address} cannot be trusted \(.+\): check the address, or name the certificate of its authority in SSL_CERT_FILE\n$", refused.Error);
        Assert.Equal(0, asked);
        var trusted = await Tool.Run(["images", "--server", address], null, [.. terminal.Environment, ("SSL_CERT_FILE", terminal.Home.Write("ca.pem", certificate.ExportCertificatePem()))]);
        Assert.Contains("knows no image", trusted.Exits(0).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "70", "try again in 70 s")]
    [InlineData(503, "400", "try again in 7 min")]
    [InlineData(403, null, "higher scope")]
    public async Task A_refusal_is_told_in_one_line_with_what_to_do(int status, string? retryAfter, string says)
    {
        var type = status == 403 ? "not-allowed" : "busy";
        await using var server = await Start(Says(status, $$"""{"type":"/problems/{{type}}","title":"A title","status":{{status}},"detail":"a detail\u001b[31m"}""", retryAfter is null ? [] : [("Retry-After", retryAfter)]));
        using var terminal = new Terminal(server.Address.AbsoluteUri, Token);
        var error = (await terminal.Run("images")).Exits(2).Error;
        Assert.Matches("^plimsoll: [^\n]+\n$", error);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", error, StringComparison.Ordinal);
    }
}
