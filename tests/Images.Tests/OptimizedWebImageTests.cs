using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>The web service of the benchmarks, a gigabyte of Debian and Python: all that it wastes above its base goes, and it answers as before.</summary>
[Trait("Category", "Slow")]
public sealed class OptimizedWebImageTests : IAsyncLifetime
{
    const string Name = "plimsoll/web:1.0";
    const string Container = "plimsoll-test-web";
    const int NoMirror = 69;

    // What the service answers, whether its libraries and its compiler work, what dpkg has to say, and whose its files are.
    const string Look = """
        set -e
        curl --silent --fail http://127.0.0.1:8000/openapi.json
        curl --silent --fail http://127.0.0.1:8000/docs | sha256sum
        python3 -c 'import numpy, PIL, redis, sqlalchemy; print(numpy.arange(5).sum(), numpy.__version__, PIL.__version__, sqlalchemy.__version__)'
        echo 'int main(void) { return 7; }' | gcc -x c -o /tmp/seven -; /tmp/seven || echo $?
        dpkg --audit; dpkg --list | sha256sum
        stat -c '%N %a %U:%G %s' /app /app/* /app/static/*; sha256sum /app/*.py /app/static/*
        """;

    readonly TemporaryFolder _folder = new();

    static string Web => Repository.At(".cache/web-image/web-uncompressed.tar");

    public async ValueTask InitializeAsync()
    {
        await Docker.SkipWithout();
        Tool.SkipWithout("debootstrap", "jq", "openssl");
        Assert.SkipUnless(Environment.UserName == "root", "debootstrap needs root");
        var made = await Command.Run(Repository.At("eng/make-web-image"), []);
        Assert.SkipWhen(made.ExitCode == NoMirror, made.Error.Trim());
        _ = made.Text;
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        if (await Docker.Missing() is null)
            await Forget();
    }

    [Theory, InlineData("auto", 1), InlineData("none", 0)]
    public async Task What_is_wasted_above_the_base_is_gone_and_the_service_answers_as_before(string keep, int kept)
    {
        var smaller = _folder.At("smaller.tar");
        using (var result = await Product.Json(["optimize", Web, "--output", smaller, "--keep-base", keep]))
        {
            var (image, proof) = (result.RootElement, result.RootElement.GetProperty("proof"));
            Assert.True(image.GetProperty("bytes").GetInt64() >= 500_000_000);
            Assert.True(image.GetProperty("reclaimableBytes").GetInt64() >= 100_000_000);
            Assert.Equal(image.GetProperty("reclaimableBytes").GetInt64(), image.GetProperty("reclaimedBytes").GetInt64());
            Assert.True(proof.GetProperty("holds").GetBoolean() && proof.GetProperty("paths").GetInt32() > 10_000);
            Assert.Equal(kept, image.GetProperty("base").GetProperty("layers").GetInt32());
        }

        var (before, size) = await Seen(Web);
        var (after, less) = await Seen(smaller);
        Assert.StartsWith("{\"openapi\":", before, StringComparison.Ordinal);
        Assert.Equal(before, after);
        Assert.True(size - less >= 100_000_000, $"{size} bytes became {less}");
    }

    static async Task<(string Said, long Bytes)> Seen(string archive)
    {
        await Forget();
        _ = (await Docker.Run("load", "--input", archive)).Text;
        _ = (await Docker.Run("run", "--detach", "--name", Container, "--network", "none", Name)).Text;
        await Patience.Until(async () => (await Docker.Run("exec", Container, "curl", "--silent", "--fail", "http://127.0.0.1:8000/openapi.json")).ExitCode == 0, TestContext.Current.CancellationToken);
        return ((await Docker.Run("exec", Container, "sh", "-c", Look)).Text, (await Docker.Inspect(Name)).GetProperty("Size").GetInt64());
    }

    static async Task Forget()
    {
        await Docker.Run("rm", "--force", Container);
        await Docker.Run("image", "rm", "--force", Name);
    }
}
