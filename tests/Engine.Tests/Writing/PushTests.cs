using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Registry;
using static Plimsoll.Engine.Tests.Writing.OutputCase;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>Pushing by the OCI Distribution specification, whatever the registry does in the middle of it.</summary>
public sealed class PushTests
{
    const int Chunk = 8 << 20;

    static readonly LayerEncoding Plain = new(Compression.None, null);

    /// <summary>A layer of two and a half chunks.</summary>
    static readonly byte[] Large = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Chunk * 5 / 16).Select(i => $"{i:d8}")));

    [Fact]
    public async Task Blobs_come_first_and_the_manifest_last()
    {
        await using var registry = new TakingRegistry();
        var written = await Write(registry.Target(), null, registry.Options(), "other/name:7");
        Assert.Equal(written.Manifest, Digest.Of(Assert.Single(registry.Manifests, pair => pair.Key == "1").Value));
        Assert.StartsWith("PUT /v2/shop/web/manifests/1", $"{registry.Asked[^1].Method} {registry.Asked[^1].Path}", StringComparison.Ordinal);
        Assert.Equal(4, registry.Blobs.Count);
        var manifest = JsonNode.Parse(registry.Manifests["1"])!;
        Assert.All(manifest["layers"]!.AsArray(), layer => Assert.Equal(layer!["size"]!.GetValue<int>(), registry.Blobs[layer["digest"]!.GetValue<string>()].Length));
        Assert.Equal("""{"org.example.a":"1","org.example.b":"2"}""", manifest["annotations"]!.ToJsonString());
    }

    [Fact]
    public async Task A_large_layer_is_sent_in_chunks_that_follow_one_another()
    {
        await using var registry = new TakingRegistry();
        await IsTaken(registry, Large);
        Assert.Equal([$"0-{Chunk - 1}", $"{Chunk}-{2 * Chunk - 1}", $"{2 * Chunk}-{Large.Length - 1}"], registry.Chunks.Select(chunk => chunk.Range));
    }

    [Theory]
    [InlineData(Chunk)]
    [InlineData(Chunk - 1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_fits_into_one_chunk_is_sent_at_once(int length)
    {
        await using var registry = new TakingRegistry();
        await IsTaken(registry, Large[..length]);
        Assert.DoesNotContain(registry.Asked, asked => asked.Method == "PATCH");
    }

    [Theory]
    [InlineData(2, 5_000_000)]
    [InlineData(3, 1)]
    [InlineData(3, 0)]
    public async Task A_chunk_that_breaks_off_goes_on_where_the_registry_stands(int number, int taken)
    {
        var patches = 0;
        await using var registry = new TakingRegistry((request, self) => request.HttpMethod == "PATCH" && ++patches == number ? self.TakePart(request, taken) : null);
        await IsTaken(registry, Large, Hasty());
        Assert.Contains(registry.Chunks, chunk => chunk.Range!.StartsWith($"{(number - 1) * Chunk + taken}-", StringComparison.Ordinal));
        Assert.Equal(1, registry.Asked.Count(asked => asked.Method == "GET"));
    }

    [Theory]
    [InlineData(12_000_000)]
    [InlineData(18_000_000)]
    public async Task A_connection_that_breaks_in_the_middle_of_a_chunk_sends_the_rest_of_it_by_another(int after)
    {
        await using var registry = new TakingRegistry();
        await using var relay = new Relay(registry.Host, after);
        var options = Hasty() with { PlainHttp = new HashSet<string> { relay.Host } };
        await using (var output = await Open(new ImageTarget.Registry(ImageName.Parse($"{relay.Host}/shop/web:1")), options))
            await output.Write(Plain, InPieces(Large), Ct);
        Assert.Equal((1, Digest.Of(Large)), (relay.Breaks, Digest.Of(Assert.Single(registry.Blobs).Value)));
        var starts = registry.Chunks.Select(chunk => long.Parse(chunk.Range!.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Contains(starts, start => start % Chunk != 0 && start < after);
        Assert.Equal(Large.Length, registry.Chunks.Sum(chunk => chunk.Length));
        Assert.Single(registry.Asked, asked => asked.Method == "POST");
    }

    [Fact]
    public async Task A_first_chunk_that_breaks_off_is_sent_to_another_upload()
    {
        var patches = 0;
        await using var registry = new TakingRegistry((request, self) => request.HttpMethod == "PATCH" && ++patches == 1 ? self.TakePart(request, 1) : null);
        await IsTaken(registry, Large, Hasty());
        Assert.Equal(2, registry.Asked.Count(asked => asked.Method == "POST"));
    }

    [Fact]
    public async Task An_upload_that_the_registry_loses_is_made_again_from_the_start()
    {
        var patches = 0;
        await using var registry = new TakingRegistry((request, _) => request.HttpMethod == "PATCH" && ++patches == 2 || request.HttpMethod == "GET" ? new(404) : null);
        await IsTaken(registry, Large, Hasty());
        Assert.Equal(2, registry.Asked.Count(asked => asked.Method == "POST"));
        Assert.Contains(registry.Asked, asked => asked.Method == "DELETE");
    }

    [Fact]
    public async Task A_registry_that_loses_everything_is_given_up()
    {
        await using var registry = new TakingRegistry((request, _) => request.HttpMethod == "PUT" ? new(404) : null);
        var error = await IsRefused(registry, Large, Hasty() with { Attempts = 3 });
        Assert.Contains("loses what it is sent", error.Message);
        Assert.Equal(3, registry.Asked.Count(asked => asked.Method == "POST"));
    }

    [Fact]
    public async Task An_end_whose_answer_went_missing_is_an_end()
    {
        var puts = 0;
        await using var registry = new TakingRegistry((request, self) =>
        {
            if (request.HttpMethod != "PUT" || ++puts != 1)
                return null;
            self.Blobs[request.QueryString["digest"]!] = Large[..1000];
            return new(0) { IsNone = true };
        });
        await using var output = await Open(registry.Target(), registry.Options(Hasty()));
        // The registry knows the upload no longer when it is asked to finish it again.
        await output.Write(Plain, InPieces(Large[..1000]), Ct);
        Assert.Single(registry.Blobs);
    }

    [Theory]
    [InlineData("POST", 503)]
    [InlineData("PATCH", 500)]
    [InlineData("PATCH", 429)]
    [InlineData("PUT", 502)]
    [InlineData("HEAD", 503)]
    public async Task A_fault_that_passes_is_waited_for(string method, int status)
    {
        var times = 0;
        await using var registry = new TakingRegistry((request, _) => request.HttpMethod == method && ++times == 1 ? new(status, Headers: [("Retry-After", "3")]) : null);
        var clock = new HastyClock();
        await using (var output = await Open(registry.Target(), registry.Options(RegistryCase.Hasty(clock))))
            await output.Copy(Blob(Large, Large), null, Ct);
        Assert.Equal(Digest.Of(Large), Digest.Of(Assert.Single(registry.Blobs).Value));
        Assert.Contains(TimeSpan.FromSeconds(3), clock.Waits);
    }

    [Fact]
    public async Task What_the_registry_has_is_not_sent()
    {
        await using var registry = new TakingRegistry();
        registry.Blobs[Digest.Of(Large).Value] = Large;
        await using var output = await Open(registry.Target(), registry.Options());
        var written = await output.Copy(Blob(Large, Large), null, Ct);
        Assert.Equal((Digest.Of(Large), Large.LongLength, Compression.None), (written.Digest, written.Size, written.Compression));
        Assert.All(registry.Asked, asked => Assert.Equal("HEAD", asked.Method));
    }

    [Fact]
    public async Task What_another_repository_has_is_mounted()
    {
        await using var registry = new TakingRegistry((request, self) =>
        {
            if (request.QueryString["mount"] is not { } digest)
                return null;
            self.Blobs[digest] = Large;
            return new(201, Headers: [("Location", $"/v2/shop/web/blobs/{digest}"), ("Docker-Content-Digest", digest)]);
        });
        await using var output = await Open(registry.Target(), registry.Options());
        var written = await output.Copy(Blob(Large, Large), ImageName.Parse($"{registry.Host}/library/debian:12"), Ct);
        Assert.Equal(Large.LongLength, written.Size);
        Assert.Contains(registry.Asked, asked => asked.Path == $"/v2/shop/web/blobs/uploads/?mount={Uri.EscapeDataString(Digest.Of(Large).Value)}&from=library%2Fdebian");
        Assert.DoesNotContain(registry.Asked, asked => asked.Method is "PATCH" or "PUT");
    }

    [Theory]
    [InlineData("HOST/library/debian:12", 1)]
    [InlineData("other.example/library/debian:12", 0)]
    [InlineData("HOST/shop/web:0", 0)]
    public async Task What_cannot_be_mounted_is_sent_to_the_upload_that_was_begun(string from, int mounts)
    {
        await using var registry = new TakingRegistry();
        await using var output = await Open(registry.Target(), registry.Options());
        await output.Copy(Blob(Large, Large), ImageName.Parse(from.Replace("HOST", registry.Host, StringComparison.Ordinal)), Ct);
        Assert.Equal(Large.Length, Assert.Single(registry.Blobs).Value.Length);
        Assert.Equal(mounts, registry.Asked.Count(asked => asked.Path.Contains("mount=", StringComparison.Ordinal)));
        Assert.Single(registry.Asked, asked => asked.Method == "POST");
    }

    [Theory]
    [InlineData("blob")]
    [InlineData("manifest")]
    public async Task Another_digest_than_that_of_what_was_sent_is_an_error(string of)
    {
        await using var registry = new TakingRegistry((request, _) => request.HttpMethod == "PUT" && request.Url!.AbsolutePath.Contains("manifests", StringComparison.Ordinal) == (of == "manifest")
            ? new(201, Headers: [("Docker-Content-Digest", Digest.Of("other"u8).Value)]) : null);
        var error = await Assert.ThrowsAsync<UnwritableImageException>(() => Write(registry.Target(), null, registry.Options()));
        Assert.Contains($"has {Digest.Of("other"u8)} in place of", error.Message);
    }

    [Theory]
    [InlineData(413, "takes no request this large", "client_max_body_size")]
    [InlineData(405, "takes no images", "push to another")]
    [InlineData(404, "has no repository shop/web (name not known to registry)", "docker login")]
    [InlineData(403, "does not let you write shop/web", "docker login")]
    [InlineData(400, "answers 400 (name not known to registry)", "see to what it says")]
    [InlineData(302, "answers 302", "try again later")]
    public async Task A_refusal_says_what_to_do(int status, string reason, string remedy)
    {
        await using var registry = new TakingRegistry((request, _) => request.HttpMethod == "POST"
            ? new(status, "{\"errors\":[{\"code\":\"X\",\"message\":\"name not\\u001b\\n known to registry\"}]}"u8.ToArray(), Headers: [("Location", "/elsewhere")]) : null);
        var error = await IsRefused(registry, Large[..100]);
        Assert.Contains(reason, error.Message);
        Assert.Contains(remedy, error.Remedy);
    }

    [Fact]
    public async Task A_mirror_is_never_written()
    {
        await using var mirror = new TakingRegistry();
        await using var registry = new TakingRegistry();
        await IsTaken(registry, Large[..100], new RegistryOptions { Mirrors = new Dictionary<string, IReadOnlyList<string>> { [registry.Host] = [$"http://{mirror.Host}"] } });
        Assert.Empty(mirror.Asked);
    }

    [Fact]
    public async Task A_digest_cannot_be_given_to_what_is_written()
    {
        var name = ImageName.Parse("r.example/shop/web:1@" + Digest.Of(Large));
        Assert.Contains("give a tag", (await Assert.ThrowsAsync<UnwritableImageException>(() => Open(new ImageTarget.Registry(name)))).Remedy!);
    }

    static RegistryOptions Hasty() => RegistryCase.Hasty(new HastyClock());

    static async Task IsTaken(TakingRegistry registry, byte[] layer, RegistryOptions? options = null)
    {
        await using var output = await Open(registry.Target(), registry.Options(options));
        var written = await output.Write(Plain, InPieces(layer), Ct);
        Assert.Equal((Digest.Of(layer), layer.LongLength), (written.Digest, written.Size));
        Assert.Equal(Digest.Of(layer), Digest.Of(registry.Blobs[written.Digest.Value]));
    }

    static async Task<UnwritableImageException> IsRefused(TakingRegistry registry, byte[] layer, RegistryOptions? options = null)
    {
        await using var output = await Open(registry.Target(), registry.Options(options));
        return await Assert.ThrowsAsync<UnwritableImageException>(() => output.Write(Plain, InPieces(layer), Ct));
    }
}
