//! The words of `Hướng dẫn`: for an officer who opens Rà Soát for the first time, step by step. Short sentences, the words of Công
//! văn 1234/BYT-DP and of the screen.

use super::pictures::Scene;

/// One chapter.
#[derive(Debug)]
pub struct Chapter {
    /// Its place in the page.
    pub id: &'static str,
    /// Its heading: the name of the step where it is about one.
    pub title: &'static str,
    /// What it says.
    pub parts: &'static [Part],
}

/// A piece of a chapter.
#[derive(Debug)]
pub enum Part {
    /// A paragraph.
    Say(&'static str),
    /// A heading within the chapter.
    Head(&'static str),
    /// Things of equal rank.
    List(&'static [&'static str]),
    /// A picture of the screen with numbers on it, and what stands at each number.
    Picture(Scene, &'static [&'static str]),
    /// Words or keys and what they mean: the caption, the headings of both columns, the rows.
    Table(&'static str, [&'static str; 2], &'static [(&'static str, &'static str)]),
}

use Part::{Head, List, Picture, Say, Table};

/// All chapters, in the order of the work.
pub const CHAPTERS: &[Chapter] = &[
    Chapter {
        id: "hd-bat-dau",
        title: "Bắt đầu",
        parts: &[
            Say(
                "Công văn 1234/BYT-DP ngày 10/3/2023 yêu cầu mỗi đơn vị rà soát số mũi tiêm COVID-19 đến hết ngày 31/01/2023 và gửi Phụ lục 1, Phụ lục 2 trước ngày 15/03/2023. Rà Soát làm việc đó từ các tệp Excel đơn vị đang có.",
            ),
            Head("Bốn việc của Công văn, làm ở đâu"),
            Table(
                "Bốn việc của Công văn",
                ["Việc", "Làm ở bước"],
                &[
                    ("Rà soát, thống nhất số liệu từ ba nguồn; tìm mũi còn thiếu để nhập", "Nạp tệp, Đối soát, Số liệu"),
                    ("Mũi tiêm mới: 100 % cơ sở nhập đầy đủ, chính xác, ngay trong ngày", "Giám sát"),
                    ("“Làm sạch” dữ liệu, ký xác nhận “Hộ chiếu vắc xin”", "Làm sạch, Giám sát"),
                    ("Gửi báo cáo", "Phụ lục 1, Phụ lục 2, Gửi đi"),
                ],
            ),
            Head("Cần những tệp nào"),
            List(&[
                "Danh sách tiêm của địa phương: mọi tệp Excel ghi từng người đã tiêm, của trạm y tế, bệnh viện, trung tâm y tế, công an, quân sự. Để nguyên như đang có.",
                "Dữ liệu Hệ thống: tệp kết xuất từ tiemchungcovid19.moh.gov.vn của đúng các đơn vị đó, kèm ngày trích xuất.",
                "Nếu có: báo cáo nhanh hàng ngày, báo cáo bằng văn bản, Phụ lục 1 và 2 của đơn vị cấp dưới.",
            ]),
            Head("Kết xuất từ Hệ thống"),
            List(&[
                "Đăng nhập bằng tài khoản của đơn vị, mở danh sách đối tượng đã tiêm, chọn đơn vị và khoảng ngày, rồi kết xuất ra Excel.",
                "Bỏ bộ lọc “Đơn vị tạo”: nếu để, người do nơi khác nhập sẽ không có trong tệp và bị coi là chưa nhập.",
                "Danh sách dài thì kết xuất nhiều lần theo xã hoặc theo tháng. Thả tất cả vào cùng lúc.",
                "Không thấy nút kết xuất: tài khoản chưa có quyền, hãy đề nghị Sở Y tế hoặc tuyến trên kết xuất giúp.",
                "Không sửa tệp trước khi thả: đừng xóa cột, đừng xếp lại, đừng đổi định dạng ngày.",
            ]),
            Say("Muốn xem thử trước: ở bước Nạp tệp bấm “Dùng thử với dữ liệu mẫu”. Đó là một xã không có thật."),
        ],
    },
    Chapter {
        id: "hd-nap-tep",
        title: "Nạp tệp",
        parts: &[
            Picture(
                Scene::Import,
                &[
                    "Thả mọi tệp vào trang, hoặc bấm “Chọn tệp Excel”. Việc đọc bắt đầu ngay.",
                    "Xem máy nhận tệp là loại gì. Sai thì chọn lại ở “Loại dữ liệu”.",
                    "Bấm “Các cột và dòng” để xem cột nào được hiểu là gì, dòng nào có lỗi, dòng nào được bỏ qua.",
                    "Với dữ liệu Hệ thống, kiểm tra “Ngày trích xuất”.",
                    "Khi mọi thẻ đã đọc xong, bấm “Bắt đầu đối soát”.",
                ],
            ),
            Say(
                "Ghi “Đơn vị báo cáo”, “Cấp báo cáo” và “Số liệu tính đến ngày” ở đầu trang. Ngày này xét theo ngày tiêm, không theo ngày nhập.",
            ),
            List(&[
                "Đã đọc: mọi dòng đều dùng được.",
                "Đã đọc, có dòng lỗi: tệp vẫn dùng được; các dòng lỗi được liệt kê kèm lý do.",
                "Từ chối: tệp này không dùng được; lý do và cách sửa ghi ngay trên thẻ. Các tệp khác không bị ảnh hưởng.",
            ]),
        ],
    },
    Chapter {
        id: "hd-lam-sach",
        title: "Làm sạch",
        parts: &[
            Say("Bước này tìm dữ liệu thiếu, sai dạng hoặc mâu thuẫn. Có thể làm trước hoặc sau đối soát; không làm vẫn lập được biểu."),
            Picture(
                Scene::Clean,
                &[
                    "Lọc theo mức, quy tắc, tệp hoặc đơn vị. Bấm vào số lỗi của một quy tắc để chỉ xem lỗi đó.",
                    "Bấm mã lỗi để mở một dòng. Trong danh sách dùng phím mũi tên, Page Down, Home, End.",
                    "Đọc vì sao dòng bị báo lỗi và cách sửa.",
                    "Chọn cách sửa máy gợi ý, cho một dòng hay mọi dòng giống nó; hoặc gõ lại giá trị đúng.",
                    "Mỗi bước sửa đều hoàn tác được.",
                ],
            ),
            Say(
                "“Tải danh sách rà soát” lập ba danh sách theo Công văn 2262/BYT-CNTT để chuyển Công an xã: không có số, sai định dạng, sai thông tin cơ bản. Khi Công an trả lại, thả tệp đó vào trang.",
            ),
            Say(
                "Giá trị gõ lại là dữ liệu cá nhân nên không nằm trong bản nháp. Bấm “Tải bảng sửa” trước khi đóng trang; lần sau thả tệp đó vào cùng các danh sách.",
            ),
        ],
    },
    Chapter {
        id: "hd-doi-soat",
        title: "Đối soát",
        parts: &[
            Picture(
                Scene::Reconcile,
                &[
                    "Mỗi mũi nằm đúng một dòng của bảng. Bấm vào số để xem từng mũi.",
                    "“0 dòng không giải thích được”: mọi dòng đã đọc đều có chỗ.",
                    "Nếu còn “Cần xem xét”, bấm “Xem xét từng cặp”. Chưa trả lời hết thì các biểu ghi “tạm tính”.",
                    "“Tải danh sách làm việc” để nhập bổ sung, điều chỉnh. Tệp có dữ liệu cá nhân: không gửi qua thư điện tử.",
                    "“Tải tệp nhập Hệ thống”: các mũi chưa nhập, theo mẫu 27 cột.",
                ],
            ),
            Head("Xem xét từng cặp"),
            Picture(
                Scene::Review,
                &[
                    "Trả lời bằng nút hoặc phím: C là cùng người, K là khác người, S là để sau.",
                    "Hai phía đặt cạnh nhau; chỗ khác nhau được gạch chân.",
                    "Mỗi thông tin giống nhau cộng điểm, khác nhau trừ điểm.",
                    "Nhiều cặp cùng một kiểu khác nhau có thể trả lời một lần, sau khi xem mẫu.",
                ],
            ),
            Say("Trả lời nhầm thì bấm “Hoàn tác”. Câu trả lời được giữ trong bản nháp và gặp lại đúng cặp đó ở lần trích xuất sau."),
            Say(
                "Trong danh sách “Chưa nhập”, mỗi mũi có Nhóm và trạng thái xác minh. Bấm “Vì sao?” để xem người gần giống nhất trên Hệ thống và điều gì đã ngăn việc ghép.",
            ),
        ],
    },
    Chapter {
        id: "hd-so-lieu",
        title: "Số liệu",
        parts: &[
            Say(
                "Ba nguồn số liệu thường không bằng nhau. Bước này đặt chúng cạnh nhau, theo từng đơn vị và từng cột c đến m của Phụ lục 1.",
            ),
            Picture(
                Scene::Figures,
                &[
                    "Chọn “Nguồn của n” cho cả báo cáo. Mỗi đơn vị dùng một nguồn, nên không mũi nào tính hai lần.",
                    "Bấm tên đơn vị để xem các nguồn, đổi nguồn riêng hoặc ghi số thống nhất kèm lý do.",
                    "Dấu ≠ là chỗ các nguồn không ghi giống nhau.",
                    "“Cầu nối” cho biết vì sao p bằng số đó. Bấm từng số để xem các mũi.",
                ],
            ),
            List(&[
                "n: số mũi đã thực hiện. o: số mũi đã nhập trên Hệ thống. p = n − o.",
                "p có thể âm: Hệ thống có nhiều hơn báo cáo, thường do nhập trùng hoặc nơi khác nhập hộ.",
                "Mũi 2 nhiều hơn mũi 1 không hẳn là sai: người tiêm đổi nơi ở, trẻ sang nhóm tuổi khác. Ghi lời giải thích là được.",
                "Ô trống khác số 0: trống là nguồn không có số.",
                "Một đơn vị có nhiều tên: trang đề nghị gộp, người quyết định.",
            ]),
        ],
    },
    Chapter {
        id: "hd-phu-luc-1",
        title: "Phụ lục 1",
        parts: &[
            Picture(
                Scene::Form1,
                &[
                    "Chọn lập bảng theo một đơn vị, đơn vị cấp dưới hay 63 tỉnh, thành phố.",
                    "Bấm vào số để xem nguồn và từng mũi của số đó; nút “Trở về Phụ lục 1” đưa về chỗ cũ.",
                    "Ô nền vàng nhạt sửa được. Số ghi tay có viền vàng và nút trả về số máy tính.",
                    "“Tải Phụ lục 1” lưu tệp Excel đúng mẫu, có công thức. “In” in ra giấy A4 ngang.",
                ],
            ),
            Say("Xem mục “Điều cần biết về biểu này” dưới biểu trước khi tải."),
        ],
    },
    Chapter {
        id: "hd-phu-luc-2",
        title: "Phụ lục 2",
        parts: &[
            Picture(
                Scene::Form2,
                &[
                    "Mục I: số đã thực hiện, đã nhập, và mũi chưa nhập theo bảy Nhóm. Phần còn lại được giải thích ở cạnh bảng.",
                    "Ghi lý do, khó khăn của từng đơn vị.",
                    "Mục II: năm đoạn soạn sẵn từ số liệu; điền chỗ có dấu “…”. Số đổi sau khi sửa thì đoạn đó được đánh dấu.",
                    "Mục III lấy từ trạng thái xác minh của từng mũi ở bước Đối soát.",
                    "“Tải Phụ lục 2” khi đã xong.",
                ],
            ),
            Table(
                "Bảy Nhóm của mũi chưa nhập",
                ["Nhóm", "Ai"],
                &[
                    ("Nhóm 1", "Không có thông tin: không số giấy tờ, không điện thoại, không đủ ngày sinh"),
                    ("Nhóm 2", "Đã đi khỏi địa phương"),
                    ("Nhóm 3", "Lực lượng công an"),
                    ("Nhóm 4", "Lực lượng quân đội"),
                    ("Nhóm 5", "Phạm nhân"),
                    ("Nhóm 6", "Trung tâm cai nghiện, trung tâm bảo trợ xã hội"),
                    ("Khác", "Còn lại; ghi rõ, mặc định “Đủ thông tin, chưa nhập kịp thời”"),
                ],
            ),
            Say("Chú ý: trên Hệ thống, mã đối tượng 3 là quân đội và 4 là công an, ngược với số Nhóm của Phụ lục 2. Trang đã đổi giúp."),
        ],
    },
    Chapter {
        id: "hd-giam-sat",
        title: "Giám sát",
        parts: &[
            Picture(
                Scene::Monitor,
                &[
                    "Chọn ngày bắt đầu tính mũi mới; mặc định là ngày sau ngày chốt số liệu.",
                    "Ba tỉ lệ của mỗi cơ sở so với 100 %: đầy đủ, đúng, nhập trong ngày.",
                    "Bấm tên cơ sở để chỉ xem mũi nhập muộn của cơ sở đó.",
                    "“Tải báo cáo giám sát” có mọi cơ sở; “Tải báo cáo từng cơ sở” có một tệp cho mỗi cơ sở, để gửi đôn đốc.",
                ],
            ),
            Say(
                "Cơ sở có danh sách của địa phương thì tính theo danh sách: mũi không có trên Hệ thống là chưa nhập. Cơ sở khác tính theo dữ liệu Hệ thống.",
            ),
            Say("Phía dưới là tỉ lệ xác thực với cơ sở dữ liệu quốc gia về dân cư và tỉ lệ đã ký “Hộ chiếu vắc xin”."),
        ],
    },
    Chapter {
        id: "hd-gui-di",
        title: "Gửi đi",
        parts: &[
            Picture(
                Scene::Send,
                &[
                    "Xem việc nào đã xong, việc nào nên xem lại. Nút bên cạnh đưa đến đúng bước.",
                    "Sao chép tiêu đề, nội dung thư hoặc mở chương trình thư. Trang không tự gửi thư.",
                    "Đính kèm hai biểu đã tải. Dấu vân tay SHA-256 để nơi nhận kiểm tra tệp không bị đổi.",
                    "Văn bản gửi kèm: in, hoặc sao chép sang công văn của đơn vị.",
                ],
            ),
            Say(
                "Nơi nhận: Cục Công nghệ thông tin; Viện Vệ sinh dịch tễ Trung ương, thư điện tử tcmr.qg@gmail.com; trước ngày 15/03/2023. Chỉ gửi Phụ lục 1 và Phụ lục 2.",
            ),
            Say(
                "Tuyến trên: thả Phụ lục 1, Phụ lục 2 của các đơn vị vào bước Nạp tệp để cộng thành một biểu. Đơn vị thiếu, nộp hai lần, cộng sai được liệt kê.",
            ),
        ],
    },
    Chapter {
        id: "hd-ket-qua",
        title: "Ý nghĩa từng kết quả",
        parts: &[
            Table(
                "Các kết quả đối soát",
                ["Kết quả", "Nghĩa là gì, làm gì tiếp"],
                &[
                    (
                        "Không đọc được",
                        "Dòng thiếu họ tên, thiếu ngày tiêm hoặc không phải mũi tiêm. Xem lý do, sửa ở tệp gốc rồi thả lại.",
                    ),
                    (
                        "Ngoài phạm vi",
                        "Tiêm sau ngày chốt số liệu, hoặc biểu không có cột cho mũi đó. Không tính vào biểu; không cần làm gì.",
                    ),
                    ("Trùng lặp", "Một mũi ghi hai lần trong danh sách của địa phương. Chỉ tính một; số này là mục III.4 của Phụ lục 2."),
                    ("Trùng trên Hệ thống", "Một mũi nhập hai lần trên Hệ thống. Đề nghị gộp hoặc xóa bản thừa."),
                    ("Cần xem xét", "Có thể là cùng người nhưng máy không chắc. Người trả lời từng cặp."),
                    ("Đã nhập", "Có ở cả hai phía và khớp. Không cần làm gì."),
                    (
                        "Cần điều chỉnh",
                        "Có ở cả hai phía nhưng ngày tiêm, vắc xin, số lô hoặc mũi khác nhau. Đối chiếu phiếu gốc rồi sửa bên sai.",
                    ),
                    ("Khớp", "Mũi trên Hệ thống có trong danh sách của địa phương."),
                    ("Chưa nhập", "Có ở địa phương, chưa có trên Hệ thống. Xác minh, xếp Nhóm, rồi nhập bổ sung."),
                    (
                        "Chỉ có trên Hệ thống",
                        "Không có trong danh sách nào đã thả. Thường do thiếu tệp, hoặc nơi khác nhập vào đơn vị mình.",
                    ),
                    ("Chỉ có số liệu", "Đã báo cáo bằng con số nhưng không có danh sách. Tính cho từng đơn vị ở bước Số liệu."),
                ],
            ),
            Table(
                "Trạng thái của mũi chưa nhập",
                ["Trạng thái", "Nghĩa là gì"],
                &[
                    ("Chưa xác minh", "Chưa ai kiểm tra. Đây là trạng thái ban đầu."),
                    ("Đã xác minh và đã nhập", "Đã nhập sau lần trích xuất đầu. Thả thêm lần trích xuất sau thì máy tự nhận ra."),
                    ("Đã xác minh, không thể nhập", "Đã kiểm tra, không đủ thông tin để nhập. Cần ghi lý do."),
                ],
            ),
        ],
    },
    Chapter {
        id: "hd-phim",
        title: "Các phím",
        parts: &[Table(
            "Phím dùng được",
            ["Phím", "Tác dụng"],
            &[
                ("Tab, Shift + Tab", "Đến nút, ô kế tiếp hoặc trở lại"),
                ("Enter, dấu cách", "Bấm nút đang chọn"),
                ("C, K, S", "Trong “Xem xét từng cặp”: Cùng người, Khác người, Để sau"),
                ("Ctrl + Z, Ctrl + Y", "Hoàn tác, làm lại ở bước Đối soát và Làm sạch"),
                ("↑ ↓", "Trong danh sách lỗi: dòng trên, dòng dưới"),
                ("Page Up, Page Down", "Trong danh sách lỗi: lùi, tiến một trang"),
                ("Home, End", "Trong danh sách lỗi: dòng đầu, dòng cuối"),
                ("Esc", "Đóng danh sách, chi tiết, xem xét, hướng dẫn đang mở"),
                ("F1", "Mở hướng dẫn ở chương của bước đang làm"),
                ("Ctrl + P", "In phụ lục đang xem"),
                ("Ctrl + dấu +, Ctrl + dấu −", "Phóng to, thu nhỏ trang"),
            ],
        )],
    },
    Chapter {
        id: "hd-truc-trac",
        title: "Khi có trục trặc",
        parts: &[Table(
            "Trục trặc và cách xử lý",
            ["Gặp gì", "Làm gì"],
            &[
                ("Thẻ ghi “Từ chối”", "Đọc lý do trên thẻ. Thường chỉ cần mở tệp bằng Excel, lưu lại thành .xlsx rồi thả vào."),
                ("Tệp có mật khẩu", "Mở bằng Excel, bỏ mật khẩu, lưu lại."),
                ("Không thấy dòng tên cột", "Mở “Các cột và dòng”, ghi số dòng có tên cột."),
                ("Cột bị hiểu sai", "Mở “Các cột và dòng”, chọn lại cột. Lần sau tệp cùng mẫu được nhớ."),
                ("Quá nhiều mũi “Chưa nhập”", "Kiểm tra tệp Hệ thống có đủ xã, đủ tháng, và đã bỏ bộ lọc “Đơn vị tạo” chưa."),
                ("Quá nhiều mũi “Chỉ có trên Hệ thống”", "Còn thiếu danh sách của địa phương, hoặc tệp Hệ thống rộng hơn phạm vi đơn vị."),
                (
                    "Danh sách “Cần xem xét” quá dài",
                    "Đọc nguyên nhân ghi ở đầu danh sách. Bổ sung cột số giấy tờ hoặc ngày sinh nếu tệp khác có.",
                ),
                (
                    "Tên đơn vị lạ hoặc “Chưa rõ đơn vị”",
                    "Ở bước Số liệu gộp các tên của một đơn vị; hoặc chọn cột cơ sở tiêm trong “Các cột và dòng”.",
                ),
                ("Trang báo bản nháp chưa lưu được", "Bấm “Tải bản nháp” và giữ tệp đó. Lần sau thả nó vào trang."),
                (
                    "Trang báo gặp sự cố",
                    "Chờ trang tự đọc lại các tệp. Nếu không được, tải lại trang (F5) rồi thả lại tệp; quyết định vẫn còn trong bản nháp.",
                ),
                ("Máy chậm, đứng lâu", "Bấm “Hủy”, đóng bớt chương trình khác, thả từng nhóm tệp nhỏ hơn."),
                ("Mở hai cửa sổ", "Chỉ một cửa sổ được lưu. Cửa sổ kia chỉ để xem và có ghi rõ."),
                ("Không mở được trang", "Dùng Chrome, Edge hoặc Cốc Cốc bản 109 trở lên."),
            ],
        )],
    },
    Chapter {
        id: "hd-du-lieu",
        title: "Dữ liệu ở đâu",
        parts: &[List(&[
            "Tệp Excel được đọc ngay trong trình duyệt của máy này. Không gì được gửi đi; không cần mạng, không cần cài đặt.",
            "Đóng trang là dữ liệu cá nhân mất khỏi bộ nhớ. Tệp gốc của bạn không bị động đến.",
            "Bản nháp chỉ giữ thiết lập, lựa chọn cột, số và chữ ghi trên biểu, quyết định (bằng mã băm), tên và dấu vân tay của tệp. Không có họ tên, số giấy tờ, ngày sinh trong danh sách.",
            "Mở lại trang: bản nháp tự mở, chỉ cần thả lại đúng các tệp.",
            "Đổi máy: bấm “Tải bản nháp”, mang tệp đó cùng các tệp Excel sang máy kia rồi thả vào.",
            "Dùng máy chung: ở bước Nạp tệp mở “Trên máy này lưu gì, và xóa thế nào”, rồi bấm “Xóa sạch khỏi máy này”.",
            "Danh sách làm việc, tệp nhập Hệ thống, danh sách rà soát, bảng sửa có dữ liệu cá nhân: giữ trong đơn vị, không gửi qua thư điện tử.",
        ])],
    },
    Chapter {
        id: "hd-tu-ngu",
        title: "Từ ngữ",
        parts: &[Table(
            "Từ ngữ",
            ["Từ", "Nghĩa"],
            &[
                ("Hệ thống", "Hệ thống tiêm chủng vắc xin phòng COVID-19, tiemchungcovid19.moh.gov.vn"),
                ("Ngày chốt số liệu", "“Số liệu tính đến ngày” ở đầu trang; mũi tiêm sau ngày này không tính vào biểu"),
                (
                    "Đợt trích xuất",
                    "Các tệp Hệ thống kết xuất cùng một lúc. Đợt đầu quyết định kết quả; đợt cuối cho biết mũi nào đã nhập thêm",
                ),
                ("L", "Số mũi trong danh sách của địa phương, thuộc phạm vi biểu"),
                ("S", "Số mũi đếm được trên Hệ thống, thuộc phạm vi biểu"),
                ("n, o, p, q", "Các cột cuối của Phụ lục 1: đã thực hiện, đã nhập, chênh lệch n − o, kết quả rà soát của địa phương"),
                ("Khớp chéo", "Mũi của đơn vị này khớp với mũi ghi ở đơn vị khác hoặc ngoài phạm vi"),
                ("Bit", "Đơn vị đo chứng cứ: thêm 1 bit là khả năng cùng người tăng gấp đôi"),
                ("Dấu vân tay SHA-256", "Dãy ký tự tính từ nội dung tệp; tệp đổi một chữ là dãy này đổi"),
                ("Liều bổ sung", "Mũi tiêm thêm cho liều cơ bản, ví dụ sau Vero Cell hoặc Sputnik V"),
                ("Liều nhắc", "Mũi tiêm nhắc lại sau liều cơ bản: nhắc 1 là Mũi 3, nhắc 2 là Mũi 4"),
            ],
        )],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Bucket, MissingGroup, Side, Status};

    /// Every text of the help.
    fn texts(chapter: &Chapter) -> Vec<&'static str> {
        chapter
            .parts
            .iter()
            .flat_map(|part| match part {
                Say(text) | Head(text) => vec![*text],
                List(items) | Picture(_, items) => items.to_vec(),
                Table(caption, heads, rows) => [*caption]
                    .into_iter()
                    .chain(heads.iter().copied())
                    .chain(rows.iter().flat_map(|(word, meaning)| [*word, *meaning]))
                    .collect(),
            })
            .collect()
    }

    #[test]
    fn sentences_are_short() {
        for text in CHAPTERS.iter().flat_map(texts) {
            for sentence in text.split(". ") {
                let words = sentence.split_whitespace().count();
                assert!(words <= 45, "{words} words: {sentence}");
            }
        }
    }

    #[test]
    fn every_bucket_group_and_status_is_explained() {
        let all: String = CHAPTERS.iter().flat_map(texts).collect::<Vec<_>>().join("\n");
        let buckets = Bucket::ALL.iter().flat_map(|bucket| Side::ALL.map(|side| bucket.label(side))).flatten();
        let names = buckets.chain(MissingGroup::ALL.map(MissingGroup::label)).chain(Status::ALL.map(Status::label));
        for name in names {
            assert!(all.contains(name), "{name}");
        }
    }

    #[test]
    fn every_number_in_a_picture_is_explained_and_no_other() {
        for part in CHAPTERS.iter().flat_map(|chapter| chapter.parts) {
            if let Picture(scene, words) = part {
                assert_eq!(scene.marks(), (1..=words.len() as u8).collect::<Vec<_>>(), "{scene:?}");
            }
        }
    }

    #[test]
    fn places_are_of_one_chapter_each() {
        let mut ids: Vec<&str> = CHAPTERS.iter().map(|chapter| chapter.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), CHAPTERS.len());
    }
}
