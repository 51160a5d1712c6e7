using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class SensitiveVolumeCheck : ICheck
{
    static readonly string[] Exact =
    [
        "/", "/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/usr", "/usr/bin", "/usr/lib",
        "/usr/sbin", "/var", "/var/run", "/var/lib/docker", "/var/lib/kubelet", "/var/run/docker.sock", "/run/docker.sock", "/run/containerd",
        "/run/containerd/containerd.sock", "/var/run/containerd/containerd.sock", "/etc/passwd", "/etc/shadow", "/etc/kubernetes",
    ];

    public CheckInfo Info { get; } = new(
        "sensitive-volume", Severity.High, "A volume covers a path of the system",
        "Declare volumes for the application's data only, such as VOLUME /var/lib/app", "DKL-DI-0002");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        from volume in image.Config.Volumes
        let path = "/" + volume.Trim().Trim('/')
        where Exact.Contains(path, StringComparer.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal)
            || path.StartsWith("/sys/", StringComparison.Ordinal)
            || path.StartsWith("/dev/", StringComparison.Ordinal) && path != "/dev/shm"
        select new Evidence($"VOLUME {path}", Path: path.Trim('/') is { Length: > 0 } inside ? inside : null);
}
