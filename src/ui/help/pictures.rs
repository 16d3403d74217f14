//! The pictures of `Hướng dẫn`: each screen in outline, with numbers where the words below it say what to do. Drawn from shapes, so
//! that they are sharp at every size and on paper, and weigh next to nothing.

/// Size of every picture, in its own units.
pub const SIZE: (u16, u16) = (640, 250);

/// A screen that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// `Nạp tệp`.
    Import,
    /// `Làm sạch`.
    Clean,
    /// `Đối soát`.
    Reconcile,
    /// `Xem xét từng cặp`.
    Review,
    /// `Số liệu`.
    Figures,
    /// `Phụ lục 1`.
    Form1,
    /// `Phụ lục 2`.
    Form2,
    /// `Giám sát`.
    Monitor,
    /// `Gửi đi`.
    Send,
}

/// What a picture is made of; all numbers in its own units, from the upper left.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A rectangle: left, top, width, height, look.
    Box(u16, u16, u16, u16, Look),
    /// Words: left (right for [`Ink::Number`]), base line, text, look.
    Text(u16, u16, &'static str, Ink),
    /// A round number that the words below explain: centre.
    Mark(u16, u16, u8),
}

/// The look of a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// White with an edge.
    Sheet,
    /// The heading of a table.
    Wash,
    /// A button, a bar.
    Act,
    /// A field or select.
    Field,
    /// Where files are dropped.
    Drop,
    /// Good.
    Green,
    /// Look at it.
    Amber,
    /// A cell that may be typed in.
    Open,
    /// What takes away.
    Seal,
    /// A line of text too small to read.
    Line,
}

/// The look of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Plain.
    Plain,
    /// Strong.
    Strong,
    /// On a button.
    Button,
    /// What can be pressed.
    Link,
    /// A number that can be pressed, at the right edge.
    Number,
}

use Ink::{Button, Link, Number, Plain, Strong};
use Look::{Act, Amber, Drop, Field, Green, Line, Open, Seal, Sheet, Wash};
use Shape::{Box, Mark, Text};

impl Scene {
    /// The step it belongs to, from 1.
    pub fn step(self) -> u8 {
        match self {
            Scene::Import => 1,
            Scene::Clean => 2,
            Scene::Reconcile | Scene::Review => 3,
            Scene::Figures => 4,
            Scene::Form1 => 5,
            Scene::Form2 => 6,
            Scene::Monitor => 7,
            Scene::Send => 8,
        }
    }

    /// What it shows, for those who do not see it.
    pub fn words(self) -> &'static str {
        match self {
            Scene::Import => "Hình vẽ màn hình Nạp tệp",
            Scene::Clean => "Hình vẽ màn hình Làm sạch",
            Scene::Reconcile => "Hình vẽ màn hình Đối soát",
            Scene::Review => "Hình vẽ phần Xem xét từng cặp",
            Scene::Figures => "Hình vẽ màn hình Số liệu",
            Scene::Form1 => "Hình vẽ màn hình Phụ lục 1",
            Scene::Form2 => "Hình vẽ màn hình Phụ lục 2",
            Scene::Monitor => "Hình vẽ màn hình Giám sát",
            Scene::Send => "Hình vẽ màn hình Gửi đi",
        }
    }

    /// The numbers in it, in the order they are drawn.
    pub fn marks(self) -> Vec<u8> {
        self.shapes().iter().filter_map(|shape| if let Mark(_, _, number) = shape { Some(*number) } else { None }).collect()
    }

    /// What it is made of, right of the rail.
    pub fn shapes(self) -> &'static [Shape] {
        match self {
            Scene::Import => &[
                Box(64, 16, 560, 40, Drop),
                Text(78, 41, "Thả các tệp Excel vào bất cứ đâu trên trang này", Strong),
                Box(496, 24, 112, 24, Act),
                Text(508, 40, "Chọn tệp Excel", Button),
                Box(64, 66, 560, 36, Sheet),
                Box(76, 72, 132, 24, Act),
                Text(88, 88, "Bắt đầu đối soát", Button),
                Text(242, 88, "1.947 mũi sẽ được đối soát với 1.775 mũi", Plain),
                Box(64, 112, 560, 56, Sheet),
                Box(64, 112, 4, 56, Green),
                Text(78, 130, "Danh sách tiêm - TYT xã.xlsx   ✓ Đã đọc", Strong),
                Box(78, 138, 200, 22, Field),
                Text(86, 153, "Danh sách tiêm của địa phương", Plain),
                Text(470, 153, "Các cột và dòng", Link),
                Box(64, 178, 560, 56, Sheet),
                Box(64, 178, 4, 56, Green),
                Text(78, 196, "Dữ liệu Hệ thống.xlsx   ✓ Đã đọc", Strong),
                Box(78, 204, 200, 22, Field),
                Text(86, 219, "Dữ liệu Hệ thống", Plain),
                Text(310, 219, "Ngày trích xuất", Plain),
                Box(402, 204, 88, 22, Field),
                Text(410, 219, "15/02/2023", Plain),
                Mark(484, 36, 1),
                Mark(292, 149, 2),
                Mark(576, 149, 3),
                Mark(504, 215, 4),
                Mark(224, 84, 5),
            ],
            Scene::Clean => &[
                Box(64, 16, 190, 160, Sheet),
                Box(64, 16, 190, 24, Wash),
                Text(74, 32, "Lỗi theo quy tắc", Strong),
                Text(74, 58, "GT01  Có số CCCD", Plain),
                Text(244, 58, "372", Number),
                Text(74, 82, "MT01  Có ngày tiêm", Plain),
                Text(244, 82, "10", Number),
                Text(74, 106, "DT01  Có điện thoại", Plain),
                Text(244, 106, "394", Number),
                Text(74, 130, "TU03  Tuổi 5–11", Plain),
                Text(244, 130, "2", Number),
                Box(268, 16, 356, 84, Sheet),
                Box(268, 16, 356, 24, Wash),
                Text(278, 32, "Mã      Họ và tên            Đang ghi", Strong),
                Text(278, 58, "GT01", Link),
                Text(322, 58, "Nguyễn Thị Hạnh    (trống)    Mũi 1", Plain),
                Text(278, 84, "GT01", Link),
                Text(322, 84, "Hà Hữu Tuấn          (trống)    Mũi 2", Plain),
                Box(268, 112, 356, 84, Sheet),
                Text(280, 132, "Quy tắc: có số CCCD hoặc CMND", Plain),
                Text(280, 150, "Cách sửa: xem phiếu tiêm, hỏi Công an xã", Plain),
                Box(280, 162, 152, 24, Field),
                Text(290, 178, "Giá trị đúng", Plain),
                Box(442, 162, 116, 24, Act),
                Text(456, 178, "Sửa trường này", Button),
                Box(430, 206, 90, 24, Field),
                Text(444, 222, "Hoàn tác", Plain),
                Box(530, 206, 94, 24, Field),
                Text(550, 222, "Làm lại", Plain),
                Mark(200, 54, 1),
                Mark(604, 54, 2),
                Mark(604, 136, 3),
                Mark(574, 174, 4),
                Mark(416, 218, 5),
            ],
            Scene::Reconcile => &[
                Box(64, 16, 560, 36, Sheet),
                Box(64, 16, 4, 36, Amber),
                Text(78, 38, "Cần xem xét: 8 mũi chờ người xem xét", Plain),
                Box(476, 22, 136, 24, Act),
                Text(488, 38, "Xem xét từng cặp", Button),
                Box(64, 62, 330, 134, Sheet),
                Box(64, 62, 330, 24, Wash),
                Text(74, 78, "Kết quả", Strong),
                Text(216, 78, "Địa phương", Strong),
                Text(324, 78, "Hệ thống", Strong),
                Text(74, 104, "Đã nhập", Plain),
                Text(284, 104, "1.652", Number),
                Text(74, 126, "Cần điều chỉnh", Plain),
                Text(284, 126, "49", Number),
                Text(74, 148, "Chưa nhập", Plain),
                Text(284, 148, "209", Number),
                Text(74, 170, "Chỉ có trên Hệ thống", Plain),
                Text(380, 170, "37", Number),
                Text(74, 190, "Tổng cộng", Strong),
                Box(64, 206, 330, 28, Green),
                Text(78, 224, "0 dòng không giải thích được", Strong),
                Box(410, 62, 214, 134, Sheet),
                Text(422, 82, "Danh sách làm việc", Strong),
                Box(422, 94, 12, 12, Field),
                Text(440, 104, "Cần điều chỉnh  49", Plain),
                Box(422, 114, 12, 12, Field),
                Text(440, 124, "Chưa nhập  209", Plain),
                Box(422, 134, 164, 24, Act),
                Text(434, 150, "Tải danh sách làm việc", Button),
                Box(422, 164, 164, 24, Field),
                Text(434, 180, "Tải tệp nhập Hệ thống", Plain),
                Mark(232, 144, 1),
                Mark(372, 220, 2),
                Mark(462, 34, 3),
                Mark(602, 146, 4),
                Mark(602, 176, 5),
            ],
            Scene::Review => &[
                Box(64, 16, 560, 218, Sheet),
                Text(78, 36, "Còn 2 cặp, 8 mũi", Strong),
                Box(228, 46, 124, 28, Act),
                Text(244, 64, "Cùng người   C", Button),
                Box(364, 46, 124, 28, Field),
                Text(380, 64, "Khác người   K", Plain),
                Box(500, 46, 100, 28, Field),
                Text(520, 64, "Để sau   S", Plain),
                Box(78, 86, 136, 76, Wash),
                Text(86, 104, "Kiểu khác nhau", Strong),
                Text(86, 126, "Số giấy tờ khác;", Link),
                Text(86, 144, "còn lại khớp   3", Link),
                Box(228, 86, 200, 132, Sheet),
                Text(238, 106, "Họ và tên", Plain),
                Text(320, 106, "Trần Thị Mai", Plain),
                Text(320, 122, "TRAN THI MAI", Plain),
                Text(238, 146, "Ngày sinh", Plain),
                Text(320, 146, "13/04/1985", Plain),
                Text(320, 162, "13/04/1985", Plain),
                Text(238, 186, "Số giấy tờ", Plain),
                Text(320, 186, "…2345", Strong),
                Text(320, 202, "…8762", Strong),
                Box(450, 100, 60, 12, Act),
                Text(610, 110, "+8,0", Number),
                Box(510, 122, 50, 12, Act),
                Text(610, 132, "+8,9", Number),
                Box(500, 144, 60, 12, Seal),
                Text(610, 154, "−6,2", Number),
                Box(450, 166, 50, 12, Line),
                Text(610, 176, "+10,7", Number),
                Mark(214, 60, 1),
                Mark(412, 194, 2),
                Mark(474, 202, 3),
                Mark(146, 178, 4),
            ],
            Scene::Figures => &[
                Text(64, 30, "Nguồn của n", Strong),
                Box(146, 14, 160, 24, Field),
                Text(156, 30, "Báo cáo bằng văn bản", Plain),
                Box(64, 50, 560, 76, Sheet),
                Box(64, 50, 560, 24, Wash),
                Text(74, 66, "Đơn vị", Strong),
                Text(262, 66, "c", Strong),
                Text(342, 66, "d", Strong),
                Text(432, 66, "n", Strong),
                Text(512, 66, "o", Strong),
                Text(592, 66, "p", Strong),
                Text(74, 92, "Trạm Y tế xã Suối Mẫu", Link),
                Text(270, 92, "≠ 429", Number),
                Text(350, 92, "432", Number),
                Text(440, 92, "1.773", Number),
                Text(520, 92, "1.686", Number),
                Text(600, 92, "87", Number),
                Text(74, 116, "Trạm Y tế xã Bản Mẫu", Link),
                Text(270, 116, "40", Number),
                Text(350, 116, "39", Number),
                Text(440, 116, "141", Number),
                Text(520, 116, "77", Number),
                Text(600, 116, "64", Number),
                Box(64, 138, 300, 96, Sheet),
                Text(74, 156, "Cầu nối: vì sao p là 151", Strong),
                Text(74, 178, "Chưa nhập", Plain),
                Text(350, 178, "+209", Number),
                Text(74, 198, "Chỉ có trên Hệ thống", Plain),
                Text(350, 198, "−37", Number),
                Text(74, 220, "p = n − o", Strong),
                Text(350, 220, "151", Number),
                Box(384, 150, 150, 14, Act),
                Box(500, 176, 34, 14, Seal),
                Box(384, 202, 116, 14, Line),
                Mark(322, 26, 1),
                Mark(218, 88, 2),
                Mark(286, 88, 3),
                Mark(300, 194, 4),
            ],
            Scene::Form1 => &[
                Text(64, 30, "Lập bảng theo", Strong),
                Box(154, 14, 140, 24, Field),
                Text(164, 30, "Đơn vị cấp dưới", Plain),
                Box(464, 14, 116, 24, Act),
                Text(478, 30, "Tải Phụ lục 1", Button),
                Box(588, 14, 36, 24, Field),
                Text(599, 30, "In", Plain),
                Box(64, 50, 560, 184, Sheet),
                Text(250, 72, "BẢNG TỔNG HỢP VÀ KẾT QUẢ…", Strong),
                Box(84, 86, 520, 34, Wash),
                Text(94, 108, "Đơn vị", Strong),
                Text(222, 108, "Mũi 1", Strong),
                Text(302, 108, "Mũi 2", Strong),
                Text(392, 108, "n", Strong),
                Text(452, 108, "o", Strong),
                Text(522, 108, "p", Strong),
                Text(582, 108, "q", Strong),
                Text(94, 144, "TYT xã Suối Mẫu", Plain),
                Text(254, 144, "429", Number),
                Text(334, 144, "432", Number),
                Text(410, 144, "1.773", Number),
                Box(424, 130, 52, 22, Open),
                Text(470, 144, "1.686", Number),
                Text(540, 144, "87", Number),
                Box(554, 130, 50, 22, Open),
                Text(600, 144, "1.805", Number),
                Box(84, 160, 520, 1, Line),
                Text(94, 182, "Tổng cộng", Strong),
                Text(254, 182, "469", Number),
                Text(334, 182, "471", Number),
                Text(410, 182, "1.914", Number),
                Text(470, 182, "1.763", Number),
                Text(540, 182, "151", Number),
                Text(600, 182, "1.947", Number),
                Mark(310, 26, 1),
                Mark(212, 140, 2),
                Mark(450, 162, 3),
                Mark(450, 26, 4),
            ],
            Scene::Form2 => &[
                Box(64, 14, 560, 222, Sheet),
                Box(496, 22, 116, 24, Act),
                Text(510, 38, "Tải Phụ lục 2", Button),
                Text(78, 38, "I. Tình hình nhập dữ liệu", Strong),
                Box(78, 52, 430, 24, Wash),
                Text(86, 68, "Đơn vị    Đã thực hiện    Đã nhập    Nhóm 1 … Khác", Strong),
                Text(86, 94, "TYT xã Suối Mẫu   1.773   1.686   0  30  0  0  0  0  113", Plain),
                Box(396, 80, 104, 20, Open),
                Text(404, 94, "Lý do…", Plain),
                Box(512, 52, 100, 48, Amber),
                Text(520, 72, "Còn lại −56", Strong),
                Text(78, 126, "II. Các biện pháp đã thực hiện", Strong),
                Box(78, 134, 534, 20, Open),
                Text(86, 148, "Thực hiện Công văn số 1234/BYT-DP…; văn bản chỉ đạo: …", Plain),
                Text(78, 178, "III. Cập nhật tình hình thực hiện", Strong),
                Text(86, 198, "3. Số mũi tiêm chưa xác minh được:  209", Plain),
                Text(86, 216, "5. Số mũi tiêm cần điều chỉnh:  49", Plain),
                Mark(600, 88, 1),
                Mark(484, 90, 2),
                Mark(596, 144, 3),
                Mark(344, 194, 4),
                Mark(480, 34, 5),
            ],
            Scene::Monitor => &[
                Text(64, 30, "Mũi mới tính từ ngày tiêm", Strong),
                Box(224, 14, 92, 24, Field),
                Text(234, 30, "01/02/2023", Plain),
                Box(468, 14, 156, 24, Act),
                Text(480, 30, "Tải báo cáo giám sát", Button),
                Box(64, 50, 560, 86, Sheet),
                Box(64, 50, 560, 24, Wash),
                Text(74, 66, "Cơ sở", Strong),
                Text(252, 66, "Đầy đủ", Strong),
                Text(372, 66, "Đúng", Strong),
                Text(492, 66, "Trong ngày", Strong),
                Text(74, 96, "Trạm Y tế xã Suối Mẫu", Link),
                Box(252, 86, 56, 12, Act),
                Text(318, 96, "92 %", Plain),
                Box(372, 86, 26, 12, Act),
                Text(438, 96, "42 %", Plain),
                Box(492, 86, 6, 12, Act),
                Text(558, 96, "8 %", Plain),
                Text(74, 122, "Trạm Y tế xã Bản Mẫu", Link),
                Box(252, 112, 60, 12, Act),
                Text(318, 122, "100 %", Plain),
                Box(372, 112, 60, 12, Act),
                Text(438, 122, "100 %", Plain),
                Box(492, 112, 40, 12, Act),
                Text(558, 122, "66 %", Plain),
                Box(64, 150, 560, 84, Sheet),
                Text(74, 168, "Mũi nhập muộn, chưa nhập: 11", Strong),
                Text(74, 190, "8 ngày   Phạm Thanh Hà    tiêm 05/02/2023    nhập 13/02/2023", Plain),
                Text(74, 212, "7 ngày   Nguyễn Văn An     tiêm 10/02/2023    nhập 17/02/2023", Plain),
                Mark(332, 26, 1),
                Mark(606, 92, 2),
                Mark(218, 92, 3),
                Mark(454, 26, 4),
            ],
            Scene::Send => &[
                Box(64, 14, 350, 116, Sheet),
                Text(78, 34, "Đã sẵn sàng chưa", Strong),
                Text(78, 58, "✓ Xong", Plain),
                Text(160, 58, "Đã đối soát: 0 dòng không giải thích được", Plain),
                Text(78, 82, "! Nên xem", Plain),
                Text(160, 82, "Còn 8 mũi cần xem xét", Plain),
                Text(300, 82, "Đến Đối soát", Link),
                Text(78, 106, "○ Chưa xong", Plain),
                Text(160, 106, "Chưa tải Phụ lục 2", Plain),
                Box(428, 14, 196, 116, Sheet),
                Text(440, 34, "Tệp đã tải", Strong),
                Text(440, 58, "Phu-luc-1_tyt-xa.xlsx", Plain),
                Text(440, 78, "SHA-256  5f2c 90ab…", Plain),
                Box(64, 142, 270, 92, Sheet),
                Text(78, 162, "Thư gửi: tcmr.qg@gmail.com", Strong),
                Box(78, 174, 240, 6, Line),
                Box(78, 186, 200, 6, Line),
                Box(78, 202, 140, 24, Act),
                Text(90, 218, "Sao chép nội dung", Button),
                Box(348, 142, 276, 92, Sheet),
                Text(362, 162, "Văn bản gửi kèm", Strong),
                Box(362, 174, 240, 6, Line),
                Box(362, 186, 210, 6, Line),
                Box(362, 202, 90, 24, Field),
                Text(374, 218, "In văn bản", Plain),
                Mark(398, 34, 1),
                Mark(234, 214, 2),
                Mark(604, 54, 3),
                Mark(468, 214, 4),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Scene; 9] = [
        Scene::Import,
        Scene::Clean,
        Scene::Reconcile,
        Scene::Review,
        Scene::Figures,
        Scene::Form1,
        Scene::Form2,
        Scene::Monitor,
        Scene::Send,
    ];

    #[test]
    fn everything_is_drawn_inside_its_picture_and_right_of_the_rail() {
        for scene in ALL {
            for shape in scene.shapes() {
                let (left, top, right, bottom) = match *shape {
                    Box(left, top, width, height, _) => (left, top, left + width, top + height),
                    Text(right, base, text, Number) => (right - 7 * text.chars().count() as u16, base - 10, right, base),
                    Text(left, base, _, _) => (left, base - 10, left, base),
                    Mark(x, y, _) => (x - 9, y - 9, x + 9, y + 9),
                };
                assert!(left >= 60 && top > 0 && right <= SIZE.0 && bottom <= SIZE.1, "{scene:?} {shape:?}");
            }
        }
    }
}
