using System.Diagnostics;
using System.Text.Json;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>
/// Asks <c>docker-credential-NAME get</c>: the registry on standard input, JSON on standard output (docker-credential-helpers, "Development").
/// </summary>
internal sealed class CredentialHelper(TimeProvider clock)
{
    const int LongestAnswer = 1 << 18;
    static readonly TimeSpan Time = TimeSpan.FromSeconds(30);

    /// <summary>What the helper has for <paramref name="registry"/>; null when it knows nothing of it, which it says with its exit code.</summary>
    public async Task<Credential?> Ask(string helper, string registry, CancellationToken ct)
    {
        if (!helper.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new UnreadableImageException("a credential helper has an impossible name", "mend credHelpers or credsStore in Docker's config.json");
        using var time = new CancellationTokenSource(Time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            var answer = await Run($"docker-credential-{helper}", registry, either.Token);
            return answer is null ? null : CredentialOf(JsonSerializer.Deserialize(answer, CredentialJson.Default.HelperAnswer));
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or AggregateException or JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new UnreadableImageException($"the credential helper docker-credential-{helper} does not answer", "check that it is installed and works");
        }
    }

    static async Task<byte[]?> Run(string program, string input, CancellationToken ct)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, ["get"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        try
        {
            // What it complains of is for nobody, but a pipe that nobody empties would stop it.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            await Tell(process.StandardInput, input, ct);
            var answer = await Bounded.Read(process.StandardOutput.BaseStream.ReadAsync, LongestAnswer, $"the answer of {program}", ct).WaitAsync(ct);
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? answer : null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static async Task Tell(StreamWriter standardInput, string line, CancellationToken ct)
    {
        try
        {
            await using (standardInput)
                await standardInput.WriteLineAsync(line.AsMemory(), ct);
        }
        catch (IOException)
        {
            // A helper with one credential need not read which registry is meant: its answer counts.
        }
    }

    static Credential? CredentialOf(HelperAnswer? answer) => answer switch
    {
        { Username: "<token>", Secret: { Length: > 0 } token } => new Credential("", "", token),
        { Username: { } user and not "<token>", Secret: { } secret } => new Credential(user, secret, null),
        _ => null,
    };
}

internal sealed record HelperAnswer(string? Username, string? Secret);
