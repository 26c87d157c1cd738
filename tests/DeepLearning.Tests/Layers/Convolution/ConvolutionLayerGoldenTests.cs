namespace DeepLearning.Tests.Layers.Convolution;

/// <summary>Convolution, pooling and upsampling as layers. See <see cref="FilledGolden"/> for how the rows were made.</summary>
public class ConvolutionLayerGoldenTests
{
    private static readonly Dictionary<string, FilledRow> s_rows = new()
    {
        // nn.Conv1d(2, 3, 3, stride=2, padding=1)
        ["Conv1d"] = new(() => new Conv1d(2, 3, 3, new Generator(1), stride: 2, padding: 1), [[2, 2, 5]], true,
            [-1.098644096, -0.7649130052],
            [[-2.30914187, 0.07359103051], [-0.1598858617, -0.9788977233], [-0.06545100169, -0.1973169905]]),
        // nn.Conv1d(2, 4, 2, dilation=2, groups=2, bias=False)
        ["Conv1d, dilation, groups"] = new(() => new Conv1d(2, 4, 2, new Generator(1), dilation: 2, groups: 2, bias: false),
            [[2, 2, 5]], true,
            [0.04590978999, -0.1254709125],
            [[-0.3404417507, 0.7501439736], [6.169116044, -1.121602223]]),
        // nn.Conv2d(2, 3, (2, 3), stride=(1, 2), padding=1)
        ["Conv2d"] = new(() => new Conv2d(2, 3, (2, 3), new Generator(1), (1, 2), 1), [[2, 2, 3, 4]], true,
            [-1.936717628, -1.832972224],
            [[-0.1181728901, 1.526698431], [3.800617831, 0.4921074637], [-1.684440293, -9.187604847]]),
        // nn.Conv2d(4, 2, 3, padding='same', dilation=2, groups=2, bias=False)
        ["Conv2d, same, dilation, groups"] = new(
            () => new Conv2d(4, 2, 3, new Generator(1), padding: Padding.Same, dilation: 2, groups: 2, bias: false), [[1, 4, 3, 4]], true,
            [5.821964718, -0.03693278554],
            [[-2.548952926, -0.06993903217], [-1.511142886, -9.0208174]]),
        // nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1, output_padding=1)
        ["ConvTranspose2d"] = new(() => new ConvTranspose2d(2, 3, 3, new Generator(1), 2, 1, 1), [[2, 2, 2, 3]], true,
            [4.376456741, 0.1036351665],
            [[-1.583135236, 2.48174442], [-0.4162817506, 0.08770248156], [-1.321555326, -6.504372624]]),
        // nn.ConvTranspose2d(4, 2, 2, groups=2, bias=False)
        ["ConvTranspose2d, groups"] = new(() => new ConvTranspose2d(4, 2, 2, new Generator(1), groups: 2, bias: false),
            [[1, 4, 2, 3]], true,
            [1.568577813, 1.098538511],
            [[-0.5468026079, 0.5879307444], [1.259961982, 11.02714325]]),
        // nn.MaxPool2d(3, 2, 1)
        ["MaxPool2d"] = new(() => new MaxPool2d(3, 2, 1), [[2, 2, 5, 4]], true,
            [-1.314217238, -0.002471612553],
            [[-0.0496507523, 0.5733318465]]),
        // nn.MaxPool1d(2)
        ["MaxPool1d"] = new(() => new MaxPool1d(2), [[2, 3, 5]], true,
            [1.678174595, 1.097708216, 1.067659647, 1.68403737, -0.04840626317, 1.542186758, -1.019735667, 1.62368683, -0.2559469132,
            0.8756608914, 0.8851189582, -0.2660459276],
            [[-1.407504533, 0.7965055314]]),
        // nn.MaxPool1d(3, 2, 1)
        ["MaxPool1d, padded"] = new(() => new MaxPool1d(3, 2, 1), [[2, 3, 6]], true,
            [0.3734387822, -0.01768203756],
            [[0.5787947995, -1.877250399]]),
        // nn.AvgPool2d((2, 3), 1, (1, 0))
        ["AveragePool2d"] = new(() => new AveragePool2d((2, 3), 1, (1, 0)), [[2, 2, 3, 4]], true,
            [-0.9814630944, 0.2862753136],
            [[-0.2258781884, 0.02381430783]]),
        // nn.AvgPool2d(3, 2, 1, count_include_pad=False)
        ["AveragePool2d, padding not counted"] = new(() => new AveragePool2d(3, 2, 1, countPadding: false), [[2, 2, 5, 4]], true,
            [0.09924937757, -0.6545958948],
            [[-0.1065079824, -0.13182135]]),
        // nn.AvgPool1d(3, 2, 1)
        ["AveragePool1d"] = new(() => new AveragePool1d(3, 2, 1), [[2, 3, 6]], true,
            [0.8029287861, 3.244046261],
            [[-0.08018004113, -0.1580708343]]),
        // nn.AvgPool1d(3, 2, 1, count_include_pad=False)
        ["AveragePool1d, padding not counted"] = new(() => new AveragePool1d(3, 2, 1, countPadding: false), [[2, 3, 6]], true,
            [0.8710859403, 5.462453716],
            [[-0.0127248863, -0.2477473821]]),
        // nn.AdaptiveAvgPool2d((2, 3))
        ["AdaptiveAveragePool2d"] = new(() => new AdaptiveAveragePool2d((2, 3)), [[2, 2, 3, 5]], true,
            [0.5895966525, -0.9963721286],
            [[-0.1066530151, -0.07325749012]]),
        // nn.AdaptiveMaxPool2d((2, 3))
        ["AdaptiveMaxPool2d"] = new(() => new AdaptiveMaxPool2d((2, 3)), [[2, 2, 3, 5]], true,
            [0.2247087229, -1.731166621],
            [[-0.5935195716, -0.4919626124]]),
        // nn.AdaptiveAvgPool2d(1)(x).flatten(1)
        ["GlobalAveragePool2d"] = new(() => new GlobalAveragePool2d(), [[2, 3, 2, 3]], true,
            [0.1930990501, 0.2168495651, 0.2389229617, 0.2571221685, 0.2696357308, 0.2752181133],
            [[-0.0441229473, -0.1055519189]]),
        // nn.AdaptiveMaxPool2d(1)(x).flatten(1)
        ["GlobalMaxPool2d"] = new(() => new GlobalMaxPool2d(), [[2, 3, 2, 3]], true,
            [1.678174595, 1.68403737, 1.542186758, 1.62368683, 1.699990614, 1.626993108],
            [[-0.3172088606, -2.306329228]]),
        // nn.Upsample(scale_factor=(2, 3))
        ["Upsample"] = new(() => new Upsample((2, 3)), [[2, 2, 2, 3]], true,
            [0.1245794667, -0.4642212296],
            [[-0.05079410089, 2.728267935]]),
        // nn.Upsample(scale_factor=2, mode='bilinear')
        ["Upsample, bilinear"] = new(() => new Upsample(2, UpsampleMode.Bilinear), [[2, 2, 2, 3]], true,
            [1.804337217, -0.6812455593],
            [[0.7227858889, -2.134709381]]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    public static TheoryData<string> Names => [.. s_rows.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => FilledGolden.Check(device, s_rows[name]);

    [Theory, MemberData(nameof(Names))]
    public void GradientsAgreeWithDifferences(string name) => FilledGolden.CheckDifferences(s_rows[name]);
}
