using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;
// A library here has a namespace with the name of this type.
using ContainerEngine = Plimsoll.Images.Tests.Samples.Docker;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>The images of the product, and of PostgreSQL and Redis: built or pulled here, and brought into the nodes.</summary>
internal static class ProductImages
{
    static readonly string[] Programs = ["api", "worker", "operator"];

    /// <summary>The chart's values that name them, as arguments of helm.</summary>
    public static async Task<string[]> LoadInto(Cluster cluster)
    {
        var tag = Cluster.Variable("TAG") ?? await Build("e2e");
        var (postgres, redis) = (await Server("postgres", "17"), await Server("redis", "7.4"));
        await cluster.Load([.. Programs.Select(program => $"plimsoll/{program}:{tag}"), postgres, redis]);
        return ["--set-string", $"global.image.tag={tag}", .. Named("postgres", postgres), .. Named("redis", redis)];
    }

    static bool IsPulled => Environment.GetEnvironmentVariable("PLIMSOLL_TEST_BASES") == "pull";

    static async Task<string> Build(string tag)
    {
        if (!IsPulled)
            _ = (await Command.Run(Repository.At("eng/base-images"), [])).Text;
        _ = (await Command.Run(Repository.At("eng/images"), [tag], IsPulled ? [] : [("LOCAL_BASES", "1")])).Text;
        return tag;
    }

    /// <summary>The one that is named and there, the official one, or a stand-in of Debian's packages.</summary>
    static async Task<string> Server(string name, string version)
    {
        if (Cluster.Variable($"{name.ToUpperInvariant()}_IMAGE") is { } given)
            return given;
        if (!IsPulled)
            return (await Command.Run(Repository.At("eng/base-images"), [name])).Text;
        _ = (await ContainerEngine.Run("pull", "--quiet", $"docker.io/library/{name}:{version}")).Text;
        return $"docker.io/library/{name}:{version}";
    }

    // Without a host, a name means Docker Hub to nodes, which is how an engine saves it.
    static string[] Named(string server, string image)
    {
        var (name, tag) = (image[..image.LastIndexOf(':')], image[(image.LastIndexOf(':') + 1)..]);
        var repository = name.Split('/')[0].Contains('.', StringComparison.Ordinal) ? name : $"docker.io/{name}";
        return ["--set-string", $"{server}.image.repository={repository},{server}.image.tag={tag}"];
    }
}
