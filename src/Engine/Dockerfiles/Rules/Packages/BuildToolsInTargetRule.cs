using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class BuildToolsInTargetRule : IDockerfileRule
{
    static readonly PackageManager[] Managers = [PackageManager.Apt, PackageManager.Apk,
        PackageManager.Dnf, PackageManager.Yum, PackageManager.Zypper];

    static readonly HashSet<string> Tools = new(StringComparer.Ordinal)
    {
        "gcc", "g++", "gcc-c++", "clang", "make", "cmake", "ninja-build", "meson", "build-essential", "build-base", "autoconf", "automake", "libtool",
        "gfortran", "cargo", "rustc", "golang", "golang-go",
        "maven", "gradle", "nasm", "yasm", "bison", "flex", "kernel-headers", "linux-headers", "default-jdk", "default-jdk-headless",
    };

    static readonly HashSet<string> Removes = new(StringComparer.Ordinal) { "remove", "purge", "autoremove", "del", "erase", "rm" };

    public RuleInfo Info { get; } = new(
        "build-tools-in-target", Severity.Low, "Compilers and headers are in the image that is built",
        "Build in a stage of its own, and copy what comes out with COPY --from.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        return from run in file.Runs
               where shipped.IsInTarget(run.Stage) && !run.Calls.Any(Deletes)
               from call in run.Calls
               let manager = Managers.FirstOrDefault(manager => manager.Installs(call))
               where manager is not null && !(manager == PackageManager.Apk && call.Has("--virtual", "-t"))
               let tools = manager.Packages(call).Where(word => IsTool(word.Text)).ToList()
               where tools.Count > 0
               select tools[0].Remark(
                   $"{Naming.List(tools)} {Naming.Are(tools)} needed to build, and stay{(tools.Count > 1 ? "" : "s")} in the image");
    }

    static bool Deletes(RunCall call) => Managers.Any(manager => manager.Is(call, Removes));

    static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create("=~<>/:");

    static bool IsTool(string package)
    {
        var name = package.AsSpan(0, package.AsSpan().IndexOfAny(Marks) is > 0 and var end ? end : package.Length);
        return name.EndsWith("-dev") || name.EndsWith("-devel") || Tools.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }
}
