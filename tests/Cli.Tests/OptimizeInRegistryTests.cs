using System.Collections.Concurrent;
using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Tests.Writing;
using static Plimsoll.Engine.Tests.Registry.ScriptedRegistry;

namespace Plimsoll.Cli.Tests;

/// <summary><c>plimsoll optimize</c> from one repository of a registry to another.</summary>
public sealed class OptimizeInRegistryTests : IDisposable
{
    static readonly byte[] Base = Archive.Layer(("etc/os-release", "ID=debian\n"), ("bin/sh", new string('s', 3000)));

    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_base_is_mounted_and_what_is_pushed_once_is_not_sent_again()
    {
        await using var registry = Registry();
        var archive = _folder.Write("web.tar", Archive.Of(Base, Archive.Layer(("app/web", "one"), ("app/old", new string('o', 5000))), Archive.Layer(("app/.wh.old", ""), ("app/new", "two"))));
        (await Tool.Run("optimize", archive, "-o", $"{registry.Host}/a/web:1", "--keep-base", "3")).Exits(0);
        var pushed = registry.Asked.Count;

        var (first, asked) = (await Optimize(registry), registry.Asked[pushed..]);
        Assert.Contains(asked, one => one.Method == "POST" && one.Path == $"/v2/b/web/blobs/uploads/?mount=sha256%3A{Archive.Hex(Base)}&from=a%2Fweb");
        Assert.DoesNotContain(asked, one => one.Method is "PUT" or "PATCH" && one.Path.Contains(Archive.Hex(Base), StringComparison.Ordinal));
        // The two layers that were written anew, and the config.
        Assert.Equal(3, asked.Count(one => one.Method == "PUT" && one.Path.Contains("/blobs/", StringComparison.Ordinal)));
        Assert.All(asked.Where(one => one.Method is "POST" or "PUT" or "PATCH"), one => Assert.StartsWith("/v2/b/web/", one.Path, StringComparison.Ordinal));
        Assert.Equal(Digest.Of(registry.Manifests["1-small"]).Value, first);

        pushed = registry.Asked.Count;
        (var again, asked) = (await Optimize(registry), registry.Asked[pushed..]);
        Assert.Equal(first, again);
        Assert.DoesNotContain(asked, one => one.Method is "PUT" or "PATCH" && one.Path.Contains("/blobs/", StringComparison.Ordinal));

        var shown = (await Tool.Run("optimize", $"{registry.Host}/a/web:1", "-o", $"{registry.Host}/b/web:1-small")).Exits(0);
        Assert.Contains(first, shown.Output.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        using var report = JsonDocument.Parse((await Tool.Run("inspect", $"{registry.Host}/b/web:1-small", "--format", "json")).Exits(0).Output);
        var image = report.RootElement.GetProperty("images")[0];
        Assert.Equal(first, image.GetProperty("image").GetProperty("manifestDigest").GetString());
        Assert.Equal(0, image.GetProperty("waste").GetProperty("reclaimableBytes").GetInt64());
    }

    // The digest that it prints.
    static async Task<string> Optimize(TakingRegistry registry)
    {
        using var done = JsonDocument.Parse((await Tool.Run("optimize", $"{registry.Host}/a/web:1", "-o", $"{registry.Host}/b/web:1-small", "--format", "json")).Exits(0).Output);
        Assert.Equal(1, done.RootElement.GetProperty("base").GetProperty("layers").GetInt32());
        Assert.Equal(5000, done.RootElement.GetProperty("reclaimedBytes").GetInt64());
        return done.RootElement.GetProperty("written").GetString()!;
    }

    // Of which each repository has what was sent or mounted there, and nothing else.
    static TakingRegistry Registry()
    {
        var has = new ConcurrentDictionary<(string Repository, string Digest), bool>();
        return new TakingRegistry((request, _) =>
        {
            var path = request.Url!.AbsolutePath["/v2/".Length..];
            if (path.IndexOf("/blobs/", StringComparison.Ordinal) is not (var end and > 0))
                return null;
            var repository = path[..end];
            if (request.HttpMethod is "HEAD" or "GET")
                return has.ContainsKey((repository, path[(end + "/blobs/".Length)..])) ? null : new Answer(404);
            if (request.HttpMethod == "PUT")
                has[(repository, request.QueryString["digest"]!)] = true;
            if (request.QueryString["mount"] is not { } digest || !has.ContainsKey((request.QueryString["from"]!, digest)))
                return null;
            has[(repository, digest)] = true;
            return new Answer(201, Headers: [("Location", $"/v2/{repository}/blobs/{digest}"), ("Docker-Content-Digest", digest)]);
        });
    }
}
