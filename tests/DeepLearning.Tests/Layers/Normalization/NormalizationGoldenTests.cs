namespace DeepLearning.Tests.Layers.Normalization;

/// <summary>See <see cref="FilledGolden"/> for how the rows were made.</summary>
public class NormalizationGoldenTests
{
    private static readonly Dictionary<string, FilledRow> s_rows = new()
    {
        // nn.BatchNorm1d(3)
        ["BatchNorm1d [5, 3]"] = new(() => new BatchNorm1d(3), [[5, 3]], true,
            [0.1361237636, 0.7417730434, 0.9845808785, -0.3969867835, -0.2967049029, 0.01522042911, 0.3404856781, 0.7438174494,
            0.7298349133, -0.5828820482, -0.2726941503, 0.2878606699, 0.50325939, 0.6943527786, 0.4461274341],
            [[0.3379830146, -0.0838124145], [1.342879292, -0.252812917], [6.723117659, -1.56009234]], [[0.51509314, -0.1245012669],
            [0.9579272985, -0.3662623221]]),
        // nn.BatchNorm1d(3).eval()
        ["BatchNorm1d [5, 3] in evaluation"] = new(() => new BatchNorm1d(3), [[5, 3]], false,
            [0.07326427113, 0.9389603012, 0.645694434, -0.4928150138, -0.7708175304, -0.04155865959, 0.2902643794, 0.9423262658,
            0.4650857112, -0.6902064537, -0.7312855859, 0.1517366714, 0.4631043784, 0.8608863104, 0.2639439761],
            [[4.01520104, 0.04671555578], [1.342879292, -0.252812917], [7.867360628, -3.583304292]]),
        // nn.BatchNorm1d(3, 1e-3, 0.3)
        ["BatchNorm1d [4, 3, 5]"] = new(() => new BatchNorm1d(3, 1e-3, 0.3), [[4, 3, 5]], true,
            [0.6872284984, -0.4854483166],
            [[11.49744452, -0.61484859], [-1.366271627, -0.6409389963], [2.961266681, 2.798132819]], [[0.4501093498, -0.09803847845],
            [0.9746494057, -0.1969523071]]),
        // nn.BatchNorm1d(9, affine=False)
        ["BatchNorm1d without affine"] = new(() => new BatchNorm1d(9, affine: false), [[3, 9]], true,
            [9.769987844, 0.2774374178],
            [[2.302397057, 0.3859295429]], [[0.8822230405, -0.1743957095], [1.326917041, -0.4183354957]]),
        // nn.BatchNorm2d(2)
        ["BatchNorm2d [3, 2, 4, 5]"] = new(() => new BatchNorm2d(2), [[3, 2, 4, 5]], true,
            [-0.1157838021, -0.3395792868],
            [[26.1536397, 0.2898214991], [0.462895177, -0.2000211207], [1.521129302, 4.970102411]], [[0.7808045235, -0.2823827261],
            [1.145080537, -0.3858549972]]),
        // nn.BatchNorm2d(2)
        ["BatchNorm2d [1, 2, 1, 5]"] = new(() => new BatchNorm2d(2), [[1, 2, 1, 5]], true,
            [0.1220380812, 0.526600163, 0.2996835687, -0.3107354874, -0.6375863255, -0.1534364916, 0.6609208653, 0.9817463998, 0.4584394791,
            -0.3371260346],
            [[1.141727978, -0.006967592505], [-0.01099975414, -1.212362917], [3.773905117, -1.240613057]], [[0.7992145079, -0.3181709582],
            [1.178081909, -0.3693959047]]),
        // nn.BatchNorm2d(2).eval()
        ["BatchNorm2d [3, 2, 4, 5] in evaluation"] = new(() => new BatchNorm2d(2), [[3, 2, 4, 5]], false,
            [-0.2143727117, -0.4194668303],
            [[32.7466484, 0.3460937694], [0.462895177, -0.2000211207], [1.876277135, 6.346056834]]),
        // nn.LayerNorm(7)
        ["LayerNorm [3, 2, 7]"] = new(() => new LayerNorm(7), [[3, 2, 7]], true,
            [-1.286146336, -7.668913253],
            [[0.115226716, -0.910981366], [-1.774217625, -0.2327558697], [-0.1015924728, 0.01959427774]]),
        // nn.LayerNorm([3, 5], 0.1)
        ["LayerNorm over two axes"] = new(() => new LayerNorm([3, 5], 0.1), [[4, 3, 5]], true,
            [0.9814952958, 2.778528808],
            [[0.5778854663, -0.6379682081], [6.751321545, 0.5892427354], [0.2254715384, 3.161425685]]),
        // nn.LayerNorm(11, elementwise_affine=False)
        ["LayerNorm without affine"] = new(() => new LayerNorm(11, affine: false), [[11]], true,
            [0.3866463482, 1.350204376, 0.8097501022, -0.6441038503, -1.422574605, -0.6749432816, 0.7817728094, 1.355663024, 0.4195756843,
            -1.003525704, -1.358464904],
            [[2.602845079, 0.0483176797]]),
        // nn.InstanceNorm1d(3)
        ["InstanceNorm1d [2, 3, 5]"] = new(() => new InstanceNorm1d(3), [[2, 3, 5]], true,
            [13.39591355, -1.037863713],
            [[7.003908252, -0.228639265]]),
        // nn.InstanceNorm1d(3, 1e-3, 0.3, affine=True, track_running_stats=True)
        ["InstanceNorm1d, running statistics"] = new(() => new InstanceNorm1d(3, 1e-3, 0.3, affine: true, trackRunningStats: true),
            [[4, 3, 5]], true,
            [0.69862485, -0.4333398051],
            [[5.265329052, -0.3271090122], [-1.366271627, -0.6409389963], [2.819678058, 2.686935419]],
            [[0.4501093498, -0.09803847845], [1.04046448, -0.2068948016]]),
        // nn.InstanceNorm1d(3, 1e-3, 0.3, affine=True, track_running_stats=True).eval()
        ["InstanceNorm1d, running statistics in evaluation"] = new(
            () => new InstanceNorm1d(3, 1e-3, 0.3, affine: true, trackRunningStats: true), [[4, 3, 5]], false,
            [0.4255752029, -0.5783556769],
            [[15.1905548, -0.4175719847], [-1.366271627, -0.6409389963], [4.49493995, 3.5743978]]),
        // nn.InstanceNorm2d(2, affine=True)
        ["InstanceNorm2d [3, 2, 4, 5]"] = new(() => new InstanceNorm2d(2, affine: true), [[3, 2, 4, 5]], true,
            [-0.1160537234, -0.3387477567],
            [[15.00916643, 0.3487012547], [0.462895177, -0.2000211207], [1.520760164, 4.970450148]]),
        // nn.InstanceNorm2d(2).eval()
        ["InstanceNorm2d in evaluation"] = new(() => new InstanceNorm2d(2), [[3, 2, 4, 5]], false,
            [0.03300278713, -0.6360411381],
            [[32.72280426, 0.6356969704]]),
        // nn.InstanceNorm2d(2, track_running_stats=True)
        ["InstanceNorm2d, running statistics"] = new(() => new InstanceNorm2d(2, trackRunningStats: true), [[3, 2, 4, 5]], true,
            [0.03300278713, -0.6360411381],
            [[32.72280426, 0.6356969704]],
            [[0.7808045235, -0.2823827261], [1.151153418, -0.3876277256]]),
        // nn.InstanceNorm2d(2, track_running_stats=True).eval()
        ["InstanceNorm2d, running statistics in evaluation"] = new(() => new InstanceNorm2d(2, trackRunningStats: true),
            [[3, 2, 4, 5]], false,
            [-0.03589192681, -0.8375189475],
            [[71.56899199, 0.6670052794]]),
        // RMSNorm([7])
        ["RmsNorm [3, 2, 7]"] = new(() => new RmsNorm(7), [[3, 2, 7]], true,
            [1.092031123, -2.48720255],
            [[1.583178093, 0.6985276615], [0.4995653429, 0.1080372256]]),
        // RMSNorm([3, 5], 0.1)
        ["RmsNorm over two axes"] = new(() => new RmsNorm([3, 5], 0.1), [[4, 3, 5]], true,
            [0.3110720326, 2.937090296],
            [[1.362906033, 0.2845067906], [3.547468936, 3.298072431]]),
        // RMSNorm([11], affine=False)
        ["RmsNorm without affine"] = new(() => new RmsNorm(11, affine: false), [[11]], true,
            [0.5858816395, 1.528434289, 0.9997618137, -0.4223984042, -1.183898647, -0.4525655418, 0.9723944204, 1.53377394, 0.6180931225,
            -0.7739849309, -1.121186525],
            [[2.768236509, 0.02614846139]]),
        // nn.GroupNorm(2, 6)
        ["GroupNorm [3, 6, 5]"] = new(() => new GroupNorm(2, 6), [[3, 6, 5]], true,
            [2.157136826, 0.07244861645],
            [[0.7647309834, 0.4638484814], [4.505673331, -1.659745346], [-2.716878438, 4.085389709]]),
        // nn.GroupNorm(3, 6, 0.01)
        ["GroupNorm [2, 6, 3, 2]"] = new(() => new GroupNorm(3, 6, 0.01), [[2, 6, 3, 2]], true,
            [-1.51146966, -1.159055761],
            [[-1.331754152, -0.2221330847], [-0.4455600111, -0.1450295816], [-3.995930627, -0.7916040154]]),
        // nn.GroupNorm(2, 6)
        ["GroupNorm [4, 6]"] = new(() => new GroupNorm(2, 6), [[4, 6]], true,
            [-0.09562474355, 1.272979848],
            [[1.094132219, -0.1670050186], [10.47934223, -0.5689318045], [-1.183850169, -5.17097396]]),
        // nn.GroupNorm(3, 3)
        ["GroupNorm of single channels"] = new(() => new GroupNorm(3, 3), [[2, 3, 9]], true,
            [1.0395762, -0.1558438844],
            [[4.571723571, -0.1633804652], [-1.390747059, 0.6023375367], [3.387446052, 0.0621579972]]),
        // nn.GroupNorm(1, 4, affine=False)
        ["GroupNorm without affine"] = new(() => new GroupNorm(1, 4, affine: false), [[2, 4, 3]], true,
            [13.27562589, -1.385816294],
            [[4.696991234, 0.4582121913]]),
        // spectral_norm(nn.Linear(4, 3))
        ["SpectralNorm"] = new(() => new SpectralNorm(new Dense(4, 3, new Generator(1)), new Generator(2)), [[2, 4]], true,
            [1.17974469, -0.818457815, 1.462314948, -0.3205132575, 0.2045365868, 1.034796536],
            [[0.6587112357, -0.04181358393], [0.003901997997, 0.0800332429], [4.37545182, -3.040464231]], [[-0.03458549869, 1.052031242],
            [0.07433550977, -0.01101823841]]),
        // spectral_norm(nn.Linear(4, 3, bias=False), n_power_iterations=3)
        ["SpectralNorm of three iterations"] =
            new(() => new SpectralNorm(new Dense(4, 3, new Generator(1), bias: false), new Generator(2), iterations: 3),
                [[2, 4]], true,
                [0.7550658491, -0.3745445779, -0.0492573113, 0.9363588385, -1.219314122, 1.361371174],
                [[0.2781840158, -0.03617607574], [5.261600654, -3.120180881]], [[0.04622673502, 1.066682121], [-1.045484855, 0.324700037]]),
        // spectral_norm(nn.Linear(4, 3)).eval()
        ["SpectralNorm in evaluation"] = new(() => new SpectralNorm(new Dense(4, 3, new Generator(1)), new Generator(2)), [[2, 4]], false,
            [2.743399916, -2.330185759, 2.747427407, -0.7453274007, 0.04870416371, 1.753268261],
            [[1.531779175, -0.0972340741], [0.003901997997, 0.0800332429], [9.761689682, -6.432205273]]),
        // spectral_norm(nn.Conv2d(2, 3, 2))
        ["SpectralNorm of a convolution"] = new(() => new SpectralNorm(new Conv2d(2, 3, 2, new Generator(1)), new Generator(2)),
            [[2, 2, 3, 4]], true,
            [0.1471951674, 0.1468205847],
            [[3.14782459, -1.108557749], [-0.3366525004, -0.01412121726], [-0.5828277923, 2.302203912]], [[0.6660112572, -0.2370102954],
            [-1.130094111, -0.05729449422]]),
        // spectral_norm(nn.ConvTranspose2d(2, 3, 2))
        ["SpectralNorm of a transposed convolution"] =
            new(() => new SpectralNorm(new ConvTranspose2d(2, 3, 2, new Generator(1)), new Generator(2), axis: 1),
                [[2, 2, 3, 4]], true,
                [0.533998155, -2.917988019],
                [[-1.242169248, 0.2416615172], [0.1820407122, -0.2402383696], [-10.67537284, -0.8673280679]],
                [[-0.01875910766, 1.055443902],
                [-0.8657731519, -0.2003461914]]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => FilledGolden.Check(device, s_rows[name]);
}
